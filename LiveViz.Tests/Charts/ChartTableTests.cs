using LiveViz.Charts;

namespace LiveViz.Tests.Charts;

public class ChartTableTests
{
    private static readonly Sensor Sensor = new() { Id = "a", Name = "Boiler", Unit = "°C", Resolution = 0.1 };
    private readonly ChartTable _table = new();

    [Fact]
    public void Sensor_without_samples_says_so() => Assert.Equal(["no value", "", "no data yet", "", ""], Cells());

    [Fact]
    public void Row_has_the_newest_and_the_extremes_at_the_resolution_of_the_sensor()
    {
        _table.Add(TestFrames.Refill(3, TestFrames.Column("a", (1, 20), (2, -5.21), (3, 7.04))));
        _table.Add(TestFrames.Frame(4, TestFrames.Column("a", (4, 8))));

        Assert.Equal(["8.0 °C", "12:00:04", "good", "-5.2 °C", "20.0 °C"], Cells());
    }

    [Fact]
    public void Bad_and_missing_values_are_no_extremes_and_stale_is_said()
    {
        var column = TestFrames.Column("a", (1, 20), (2, 999), (3, double.NaN)) with
        {
            Marks = [SampleMarks.None, (SampleMarks)Quality.Bad, (SampleMarks)Quality.Bad],
            Latest = new LatestSample(Clock.Start.AddSeconds(3), null, Quality.Bad, Clock.Start),
            IsStale = true,
        };
        _table.Add(TestFrames.Refill(3, column));

        Assert.Equal(["no value", "12:00:03", "stale", "20.0 °C", "20.0 °C"], Cells());
    }

    [Fact]
    public void Refill_begins_anew()
    {
        _table.Add(TestFrames.Refill(3, TestFrames.Column("a", (1, 20))));
        _table.Add(TestFrames.Refill(4));

        Assert.Equal("no data yet", Cells()[2]);
    }

    private string[] Cells() => _table.Cells(Sensor, new ViewerClock(TimeSpan.Zero));
}
