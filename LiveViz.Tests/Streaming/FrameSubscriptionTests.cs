using LiveViz.Server.Streaming;
using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests.Streaming;

public class FrameSubscriptionTests
{
    private readonly FakeTimeProvider _time = Clock.New();
    private readonly SensorLog _log;

    public FrameSubscriptionTests() => _log = TestLog.New(_time, megabytes: 16);

    private double Now => (_time.GetUtcNow().UtcDateTime - Clock.Start).TotalSeconds;

    [Fact]
    public void First_frame_is_a_refill_also_of_nothing()
    {
        using var frames = Read(new FrameRequest());

        var frame = Assert.Single(frames.Start());

        Assert.True(frame.IsRefill);
        Assert.Empty(frame.Columns);
        Assert.Equal((_log.Epoch, Clock.Start), (frame.Epoch, frame.Time));
    }

    [Fact]
    public void Window_and_what_comes_after_are_given_without_hole_or_double()
    {
        var series = _log.Open();
        AppendFor(series, 30);
        using var frames = Read(new FrameRequest { WindowSeconds = 10 });

        frames.Start();
        for (var step = 0; step < 100; step++)
        {
            AppendFor(series, 0.05);
            Assert.All(frames.Step(), frame => Assert.False(frame.IsRefill));
        }

        var values = frames.Values("a");
        Assert.Equal(Enumerable.Range(0, values.Length).Select(i => values[0] + i), values);
        Assert.Equal(series.Next - 1, values[^1]);
        Assert.InRange(values[0], 1999, 2001);
        AssertNumbersAreWhole(frames.Columns("a"), series.Next);
    }

    [Fact]
    public void Samples_within_a_frame_all_come_with_the_next()
    {
        var series = _log.Open();
        using var frames = Read(new FrameRequest { WindowSeconds = 10 });
        frames.Start();

        AppendFor(series, 1.0);
        frames.Step();

        Assert.Equal(Enumerable.Range(1, 100).Select(i => (double)i), frames.Values("a"));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 30)]
    [InlineData(10, 0)]
    public void Live_samples_come_with_no_window_and_of_a_sensor_that_had_none(double window, double before)
    {
        var series = _log.Open();
        AppendFor(series, before);
        var from = series.Next;
        using var frames = Read(new FrameRequest { WindowSeconds = window });
        frames.Start();
        frames.Step();

        AppendFor(series, 0.05);
        frames.Step();

        Assert.Equal([from, from + 1, from + 2, from + 3, from + 4], frames.Values("a").Select(value => (long)value));
    }

    [Fact]
    public void No_window_gives_nothing_of_the_past_but_the_newest()
    {
        AppendFor(_log.Open(), 30);
        using var frames = Read(new FrameRequest { WindowSeconds = 0 });

        var column = Assert.Single(Assert.Single(frames.Start()).Columns);

        Assert.Empty(column.Ticks);
        Assert.Equal(3000, column.Latest!.Value);
    }

    [Fact]
    public void Reduced_stream_gives_four_points_a_bucket_and_speaks_for_every_sample()
    {
        var series = _log.Open();
        AppendFor(series, 30);
        using var frames = Read(new FrameRequest { WindowSeconds = 60, Width = 240 });

        frames.Start();
        for (var step = 0; step < 200; step++)
        {
            AppendFor(series, 0.05);
            frames.Step();
        }

        // Buckets of a second, a hundred samples each.
        Assert.All(
            frames.Ticks("a").GroupBy(ticks => ticks / TimeSpan.TicksPerSecond),
            bucket => Assert.InRange(bucket.Count(), 1, 4));
        Assert.Equal(frames.Ticks("a").Order(), frames.Ticks("a"));
        AssertNumbersAreWhole(frames.Columns("a"), series.Next);
        Assert.Equal(series.Next - 1, frames.Columns("a")[^1].Latest!.Value);
    }

    [Fact]
    public void Rest_of_a_bucket_does_not_wait_for_a_sample_that_may_never_come()
    {
        var series = _log.Open();
        using var frames = Read(new FrameRequest { WindowSeconds = 60, Width = 240 });
        frames.Start();
        series.Append(Now + 0.1, 1);
        series.Append(Now + 0.2, 2);
        series.Append(Now + 0.3, 3);

        frames.Step();
        Assert.Equal([1.0], frames.Values("a"));
        frames.Step(1.2);
        frames.Step();

        Assert.Equal([1.0, 2, 3], frames.Values("a"));
        AssertNumbersAreWhole(frames.Columns("a"), series.Next);
    }

    [Fact]
    public void Silence_is_told_once_a_second()
    {
        using var frames = Read(new FrameRequest());
        frames.Start();

        var times = Enumerable.Range(0, 100).SelectMany(_ => frames.Step()).ToList();

        Assert.Equal([1.0, 2, 3, 4, 5], times.Select(frame => (frame.Time - Clock.Start).TotalSeconds));
        Assert.All(times, frame => Assert.True(frame is { IsRefill: false, Columns: [] }));
    }

    [Fact]
    public void Nothing_new_gives_no_frame()
    {
        AppendFor(_log.Open(), 5);
        using var frames = Read(new FrameRequest());
        frames.Start();

        Assert.Empty(frames.Step());
    }

    [Fact]
    public void Frames_come_as_often_as_asked_for()
    {
        var series = _log.Open();
        using var frames = Read(new FrameRequest { FramesPerSecond = 4 });
        frames.Start();

        for (var i = 0; i < 1000; i++)
        {
            series.Append(Now, i);
            frames.Step(0.01);
        }

        // The first, one early, and four a second.
        Assert.Equal(42, frames.All.Count);
        Assert.All(frames.All.Skip(2).Zip(frames.All.Skip(3)), pair => Assert.InRange((pair.Second.Time - pair.First.Time).TotalSeconds, 0.2, 0.3));
    }

    [Fact]
    public void Samples_that_come_as_often_as_frames_may_are_given_when_they_come()
    {
        var series = _log.Open();
        using var frames = Read(new FrameRequest { FramesPerSecond = 1 });
        frames.Start();
        frames.Step(0.5);
        for (var second = 0; second < 60; second++)
        {
            series.Append(Now, second);
            frames.Step();

            Assert.Equal(second + 1, frames.Values("a").Length);
            for (var i = 0; i < 19; i++)
            {
                frames.Step();
            }
        }
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(4)]
    public void Sample_after_a_pause_does_not_wait_however_seldom_frames_are_wanted(double rate)
    {
        var series = _log.Open();
        using var frames = Read(new FrameRequest { FramesPerSecond = rate, Width = 24_000 });
        frames.Start();
        series.Append(Now, 1);
        frames.Step(12.31);
        Assert.Equal([1.0], frames.Values("a"));

        // Frames that say that there is no news come meanwhile, and do not count.
        for (var i = 0; i < 1.1 * 20 / rate; i++)
        {
            frames.Step();
        }

        series.Append(Now, 2);
        frames.Step();
        frames.Step();

        Assert.Equal([1.0, 2], frames.Values("a"));
    }

    [Fact]
    public void Stale_is_told_when_it_begins_and_when_it_ends()
    {
        var series = _log.Open();
        AppendFor(series, 1);
        using var frames = Read(new FrameRequest());
        Assert.False(frames.Start()[0].Columns[0].IsStale);

        var told = Enumerable.Range(0, 200).SelectMany(_ => frames.Step()).Where(frame => frame.Columns.Count > 0).ToList();

        var column = Assert.Single(Assert.Single(told).Columns);
        Assert.True(column.IsStale);
        Assert.Equal((0, 100.0), (column.Ticks.Length, column.Latest!.Value));
        Assert.InRange((told[0].Time - column.Latest.Received).TotalSeconds, 5, 5.1);

        series.Append(Now, 7);
        Assert.False(Assert.Single(frames.Step()).Columns[0].IsStale);
    }

    [Fact]
    public void New_sensor_comes_by_itself()
    {
        _log.Open("a");
        using var frames = Read(new FrameRequest());
        frames.Start();

        AppendFor(_log.Open("b"), 0.05);
        frames.Step();

        Assert.Equal([1.0, 2, 3, 4, 5], frames.Values("b"));
    }

    [Fact]
    public void Wanted_sensors_are_given_and_no_others()
    {
        var (wanted, other) = (_log.Open("a"), _log.Open("b"));
        AppendFor(other, 1);
        AppendFor(wanted, 1);
        using var frames = Read(new FrameRequest { SensorIds = ["a", "not yet"] });

        frames.Start();
        AppendFor(_log.Open("not yet"), 0.05);
        AppendFor(_log.Open("c"), 0.05);
        AppendFor(other, 0.05);
        frames.Step();

        Assert.Equal(["a", "not yet"], frames.All.SelectMany(frame => frame.Columns).Select(column => column.SensorId).Distinct());
        Assert.Equal([1.0, 2, 3, 4, 5], frames.Values("not yet"));
    }

    [Fact]
    public void Empty_list_of_sensors_is_every_sensor()
    {
        AppendFor(_log.Open("a"), 1);
        using var frames = Read(new FrameRequest { SensorIds = [] });

        Assert.Equal("a", Assert.Single(Assert.Single(frames.Start()).Columns).SensorId);
    }

    [Fact]
    public void Window_of_a_recording_ends_at_its_newest_time()
    {
        var series = _log.Open(new Sensor { Id = "a", Recorded = true });
        for (var i = 0; i < 3000; i++)
        {
            series.Append(Clock.Ticks(i - 1e8), i, Quality.Good, Clock.Ticks(0));
        }

        using var frames = Read(new FrameRequest { WindowSeconds = 100 });
        frames.Start();

        Assert.Equal(Enumerable.Range(2899, 101).Select(i => (double)i), frames.Values("a"));
    }

    [Fact]
    public void Window_of_a_recording_that_has_not_begun_is_open()
    {
        var series = _log.Open(new Sensor { Id = "a", Recorded = true });
        using var frames = Read(new FrameRequest { WindowSeconds = 100 });
        frames.Start();

        series.Append(Clock.Ticks(-1e8), 7, Quality.Good, Clock.Ticks(0));
        frames.Step();

        Assert.Equal([7.0], frames.Values("a"));
    }

    [Fact]
    public void Large_window_is_given_in_several_frames_of_which_the_first_is_the_refill()
    {
        foreach (var id in new[] { "a", "b", "c" })
        {
            var series = _log.Open(id);
            for (var i = 1; i <= 50_000; i++)
            {
                series.Append(Clock.Ticks(-60 + i * 0.001), i * Math.PI, Quality.Good, Clock.Ticks(0));
            }
        }

        using var frames = Read(new FrameRequest { WindowSeconds = 100 });
        var given = frames.Start();

        Assert.InRange(given.Count, 4, 10);
        Assert.Equal([true, .. Enumerable.Repeat(false, given.Count - 1)], given.Select(frame => frame.IsRefill));
        Assert.All(frames.Lengths, length => Assert.InRange(length, 1, 400_000));
        foreach (var id in new[] { "a", "b", "c" })
        {
            Assert.Equal(Enumerable.Range(1, 50_000).Select(i => i * Math.PI), frames.Values(id));
            AssertNumbersAreWhole(frames.Columns(id), 50_001);
        }
    }

    [Fact]
    public void Samples_overwritten_before_they_were_read_show_in_the_numbers()
    {
        var log = TestLog.New(_time);
        var series = log.Open();
        AppendFor(series, 1);
        using var frames = new PumpedFrames(log, _time, new FrameRequest { WindowSeconds = 1e6 });
        frames.Start();

        for (var i = 0; i < 200_000; i++)
        {
            series.Append(Now, i);
        }

        frames.Step();

        var columns = frames.Columns("a");
        Assert.Equal(columns[1].Ticks.Length, columns[1].Covered);
        Assert.True(columns[1].First > columns[0].First + columns[0].Covered);
        Assert.Equal(series.Next, columns[^1].First + columns[^1].Covered);
    }

    private static void AssertNumbersAreWhole(FrameColumn[] columns, long next)
    {
        for (var i = 1; i < columns.Length; i++)
        {
            Assert.Equal(columns[i - 1].First + columns[i - 1].Covered, columns[i].First);
        }

        Assert.Equal(next, columns[^1].First + columns[^1].Covered);
    }

    private PumpedFrames Read(FrameRequest request) => new(_log, _time, request);

    /// <summary>
    /// Appends a hundred samples a second, whose values are their sequences, over a time that begins where the
    /// last sample was, or so that it ends now.
    /// </summary>
    private void AppendFor(SensorSeries series, double seconds)
    {
        var begin = series.Next == 1 ? Now - seconds : (double)(series.NewestTicks - Clock.Start.Ticks) / TimeSpan.TicksPerSecond;
        for (var i = 1; i <= (int)Math.Round(seconds * 100); i++)
        {
            series.Append(Clock.Ticks(begin + i * 0.01), series.Next, Quality.Good, Clock.Ticks(Now));
        }
    }
}
