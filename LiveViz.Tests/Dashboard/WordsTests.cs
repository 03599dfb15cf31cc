using LiveViz.Server.Dashboard;

namespace LiveViz.Tests.Dashboard;

public class WordsTests
{
    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(0, "0 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min 0 s")]
    [InlineData(599, "9 min 59 s")]
    [InlineData(600, "10 min")]
    [InlineData(3599, "59 min")]
    [InlineData(3600, "1 h 0 min")]
    [InlineData(86_399, "23 h 59 min")]
    [InlineData(90_000, "1 d 1 h")]
    [InlineData(8_640_000, "100 d 0 h")]
    public void Duration_is_in_its_two_largest_units(double seconds, string text) =>
        Assert.Equal(text, Words.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1234567, "1\u2009234\u2009567")]
    public void Count_has_a_thin_space_between_thousands(double count, string text) => Assert.Equal(text, Words.Count(count));

    [Fact]
    public void Every_state_has_a_word_of_its_own()
    {
        var words = Enum.GetValues<SensorState>().Select(Words.State).ToList();

        Assert.Equal(words.Distinct(), words);
        Assert.Equal("No data yet", Words.State(SensorState.Waiting));
        Assert.Equal("Stale", Words.State(SensorState.Stale));
    }
}
