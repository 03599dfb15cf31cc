namespace LiveViz.Tests.Streaming;

public class SensorSeriesGapTests
{
    [Theory]
    [InlineData(0.001)]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(300)]
    public void Steady_rhythm_has_no_gap(double interval) =>
        Assert.Empty(Gaps(Enumerable.Range(0, 500).Select(i => i * interval)));

    [Theory]
    [InlineData(0.1, 10)]
    [InlineData(1, 6)]
    [InlineData(300, 1600)]
    public void Outage_is_a_gap_before_the_sample_that_ends_it(double interval, double outage)
    {
        var times = Enumerable.Range(0, 500).Select(i => i * interval + (i >= 250 ? outage : 0));

        Assert.Equal([250], Gaps(times));
    }

    [Theory]
    [InlineData(0.001, 0.9)]
    [InlineData(1, 3.9)]
    [InlineData(300, 1100)]
    public void Jitter_is_no_gap(double interval, double late)
    {
        var times = Enumerable.Range(0, 500).Select(i => i * interval + (i >= 250 ? late : 0));

        Assert.Empty(Gaps(times));
    }

    [Fact]
    public void Outage_within_the_first_samples_is_not_taken_for_the_rhythm()
    {
        double[] times = [0, 600, .. Enumerable.Range(601, 50), .. Enumerable.Range(700, 50)];

        Assert.Equal([52], Gaps(times));
    }

    [Fact]
    public void Outages_again_and_again_are_each_a_gap()
    {
        // Ten a second for half a minute, then nothing for a minute.
        var times = Enumerable.Range(0, 10).SelectMany(part => Enumerable.Range(0, 300).Select(i => part * 90 + i * 0.1));

        Assert.Equal(Enumerable.Range(1, 9).Select(part => part * 300), Gaps(times));
    }

    [Fact]
    public void Slower_rhythm_is_learned_from_a_few_samples()
    {
        // One a second, then one every 30 s.
        double[] times = [.. Enumerable.Range(0, 300), .. Enumerable.Range(1, 200).Select(i => 299 + i * 30.0)];

        var gaps = Gaps(times);

        Assert.Equal(300, gaps[0]);
        Assert.True(gaps[^1] < 305, $"Still a gap at {gaps[^1]}.");
    }

    [Fact]
    public void Faster_rhythm_is_learned_and_then_broken_by_a_shorter_outage()
    {
        // One every 10 s, then ten a second; the outage is shorter than the old rhythm allowed.
        double[] times = [.. Enumerable.Range(0, 50).Select(i => i * 10.0), .. Enumerable.Range(1, 2000).Select(i => 490 + i * 0.1), 710, 710.1];

        Assert.Equal([2050], Gaps(times));
    }

    [Fact]
    public void Samples_of_one_time_and_late_ones_are_no_gap_and_teach_nothing()
    {
        double[] times = [.. Enumerable.Range(0, 100), 50, 50, 99, 99, 100, 101, 120];

        Assert.Equal([106], Gaps(times));
    }

    private static int[] Gaps(IEnumerable<double> times)
    {
        var series = TestLog.New().Open();
        var received = 0.0;
        foreach (var seconds in times)
        {
            received = Math.Max(received, seconds);
            series.Append(Clock.Ticks(seconds), 0, Quality.Good, Clock.Ticks(received));
        }

        return [.. series.AllMarks().Select((mark, i) => (mark, i)).Where(pair => pair.mark.HasGapBefore()).Select(pair => pair.i)];
    }
}
