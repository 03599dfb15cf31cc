using LiveViz.Charts;

namespace LiveViz.Tests.Charts;

public class SampleStatesTests
{
    private static readonly Sensor Sensor = new() { Id = "a", Normal = new ValueRange(10, 20) };

    [Theory]
    [InlineData(15, Quality.Good, "Normal")]
    [InlineData(10, Quality.Good, "Normal")]
    [InlineData(20, Quality.Good, "Normal")]
    [InlineData(20.1, Quality.Good, "High")]
    [InlineData(9.9, Quality.Good, "Low")]
    [InlineData(15, Quality.Uncertain, "Uncertain")]
    [InlineData(25, Quality.Uncertain, "High")]
    [InlineData(25, Quality.Bad, "Bad")]
    [InlineData(double.NaN, Quality.Good, "Bad")]
    public void State_is_what_matters_most(double value, Quality quality, string state) =>
        Assert.Equal(state, SampleStates.Of(Sensor, value, quality).ToString());

    [Fact]
    public void Where_nothing_is_said_of_normal_nothing_is_called_so()
    {
        var state = SampleStates.Of(new Sensor { Id = "b" }, 1e9, Quality.Good);

        Assert.Equal(("Good", "Normal"), (SampleStates.Word(state, hasNormal: false), SampleStates.Word(state)));
    }

    [Fact]
    public void Each_state_has_a_word_and_a_shape_of_its_own()
    {
        Assert.Equal(Enum.GetValues<SampleState>().Length, SampleStates.All.Count);
        Assert.Distinct(SampleStates.All.Select(state => SampleStates.Word(state)));
        Assert.Distinct(SampleStates.All.Select(SampleStates.Shape));
    }
}
