using LiveViz.Server.History;

namespace LiveViz.Tests.History;

public sealed class RetentionTests : IDisposable
{
    private const int Days = 40;
    private readonly TestHistory _history = new();

    public void Dispose() => _history.Dispose();

    [Fact]
    public void What_is_old_is_forgotten_by_its_resolution()
    {
        // Ten samples a second, ten minutes of them each day; one a minute; both up to now.
        FillDays();

        Forget();

        var fast = _history.All("fast");
        Assert.InRange(fast.First, Ago(30).Ticks - TimeSpan.TicksPerHour, Ago(29).Ticks);
        // Its seconds are still told by their rollups.
        Assert.Equal(Days * 600, _history.Buckets(1, 0, long.MaxValue / 2, "fast").Count);
        // It has no rollups finer than an hour, so its samples stay in the stead of those of a minute.
        Assert.Equal(Days * 60, _history.All("slow").Count);
    }

    [Fact]
    public void What_comes_for_a_time_whose_samples_are_forgotten_is_added_to_what_is_known_of_it()
    {
        FillDays();
        Forget();
        var hour = Clock.Ticks(0) / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour;
        var before = Assert.Single(Hour());

        // Between two of them, and higher than any; then, by another commit, one after all of them.
        _history.Store([(Clock.Ticks(300.05), 7000, Quality.Good)], settled: true, "fast");
        _history.Store([(Clock.Ticks(600.05), -1, Quality.Uncertain)], settled: true, "fast");

        var after = Assert.Single(Hour());
        Assert.Equal((before.Count + 2, 0), (after.Count, after.Missing));
        Assert.Equal(before.Sum + 6999, after.Sum);
        Assert.Equal((before.First, before.FirstTicks), (after.First, after.FirstTicks));
        Assert.Equal((-1, Clock.Ticks(600.05)), (after.Low, after.LowTicks));
        Assert.Equal((7000, Clock.Ticks(300.05)), (after.High, after.HighTicks));
        Assert.Equal((-1, Clock.Ticks(600.05)), (after.Last, after.LastTicks));
        Assert.Equal(Quality.Uncertain, after.Worst);

        // Sent once more it takes its own place, as long as it is there.
        _history.Store([(Clock.Ticks(600.05), -2, Quality.Good)], settled: true, "fast");
        Assert.Equal((before.Count + 2, -2), (Assert.Single(Hour()).Count, Assert.Single(Hour()).Low));

        List<Rollup> Hour() => _history.Buckets(4, hour, hour + TimeSpan.TicksPerHour, "fast");
    }

    [Fact]
    public void Some_sensors_are_kept_otherwise()
    {
        FillDays();
        _history.Restart(retention: new SensorRetentionOptions { Sensor = "f*", Samples = TimeSpan.FromDays(5), Seconds = TimeSpan.FromDays(10) });

        Forget();

        Assert.InRange(_history.All("fast").First, Ago(5).Ticks - TimeSpan.TicksPerHour, Ago(4).Ticks);
        Assert.Equal(Days * 60, _history.All("slow").Count);
    }

    [Fact]
    public void Clock_that_jumps_ahead_costs_nothing_for_a_day()
    {
        FillDays();
        // The store is opened by a server whose clock is ten years ahead.
        _history.Time.Advance(TimeSpan.FromDays(3650));
        _history.Restart();
        var before = _history.All("fast").Count;

        Forget();

        Assert.Equal(before, _history.All("fast").Count);
        Assert.Contains(_history.Logger.Entries, entry => entry.Message.Contains("Nothing of history is forgotten for a day", StringComparison.Ordinal));
        _history.Time.Advance(TimeSpan.FromDays(1));
        Forget();
        Assert.Equal(0, _history.All("fast").Count);
    }

    private static DateTime Ago(int days) => Clock.Start.AddDays(Days - days);

    private void FillDays()
    {
        _history.Restart(logMegabytes: 64);
        for (var day = 0; day < Days; day++)
        {
            var start = day * 86_400.0;
            _history.Store(Enumerable.Range(0, 6000).Select(i => (Clock.Ticks(start + (i * 0.1)), (double)i, Quality.Good)), settled: true, "fast");
            _history.Store(Enumerable.Range(0, 60).Select(i => (Clock.Ticks(start + (i * 60)), (double)i, Quality.Good)), settled: true, "slow");
        }

        _history.Time.Advance(TimeSpan.FromDays(Days));
        _history.Restart();
    }

    private void Forget()
    {
        _history.Time.Advance(TimeSpan.FromHours(1));
        for (var step = 0; step < 300; step++)
        {
            _history.Writer.Forget();
        }
    }
}
