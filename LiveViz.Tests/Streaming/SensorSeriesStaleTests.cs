using LiveViz.Server.Streaming;

namespace LiveViz.Tests.Streaming;

public class SensorSeriesStaleTests
{
    [Fact]
    public void Sensor_without_a_sample_is_not_stale()
    {
        Assert.False(TestLog.New().Open().IsStale(Clock.Ticks(1e6)));
    }

    [Theory]
    [InlineData(0.01, 5)]
    [InlineData(0.5, 5)]
    [InlineData(2, 10)]
    [InlineData(300, 1500)]
    public void Sensor_is_stale_after_five_intervals_and_no_less_than_the_configured(double interval, double limit)
    {
        var series = Steady(interval, 50);
        var last = 49 * interval;

        Assert.False(series.IsStale(Clock.Ticks(last + limit * 0.999)));
        Assert.True(series.IsStale(Clock.Ticks(last + limit * 1.001)));
    }

    [Fact]
    public void Limit_of_the_sensor_goes_before_what_was_measured()
    {
        var series = Steady(300, 20, new Sensor { Id = "a", StaleAfter = TimeSpan.FromSeconds(60) });

        Assert.False(series.IsStale(Clock.Ticks(19 * 300 + 60)));
        Assert.True(series.IsStale(Clock.Ticks(19 * 300 + 60.1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.00002)]
    public void Batches_each_minute_are_not_stale_between(double apart)
    {
        var series = TestLog.New().Open();
        var staleBefore = new List<int>();
        for (var minute = 0; minute < 60; minute++)
        {
            if (series.IsStale(Clock.Ticks(minute * 60)))
            {
                staleBefore.Add(minute);
            }

            for (var i = 0; i < 60; i++)
            {
                series.Append(Clock.Ticks(minute * 60 - 60 + i), i, Quality.Good, Clock.Ticks(minute * 60 + i * apart));
            }
        }

        // Nothing can be known of the rhythm at first; once learned, it holds.
        Assert.All(staleBefore, minute => Assert.True(minute <= 10, $"Stale before minute {minute}."));
        Assert.True(series.IsStale(Clock.Ticks(59 * 60 + 320)));
        Assert.DoesNotContain(series.AllMarks(), mark => mark.HasGapBefore());
    }

    [Fact]
    public void Age_is_counted_from_when_a_sample_arrived_whatever_its_time()
    {
        var series = TestLog.New().Open();
        for (var i = 0; i < 20; i++)
        {
            series.Append(Clock.Ticks(i - 1e7), i, Quality.Good, Clock.Ticks(i));
        }

        Assert.False(series.IsStale(Clock.Ticks(20)));
        Assert.True(series.IsStale(Clock.Ticks(25)));
    }

    [Fact]
    public void Sample_ends_staleness()
    {
        var series = Steady(1, 20);
        Assert.True(series.IsStale(Clock.Ticks(100)));

        series.Append(100);

        Assert.False(series.IsStale(Clock.Ticks(100.5)));
    }

    private static SensorSeries Steady(double interval, int count, Sensor? sensor = null)
    {
        var series = TestLog.New().Open(sensor ?? new Sensor { Id = "a" });
        for (var i = 0; i < count; i++)
        {
            series.Append(i * interval);
        }

        return series;
    }
}
