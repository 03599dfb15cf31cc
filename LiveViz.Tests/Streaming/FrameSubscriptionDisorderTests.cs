using LiveViz.Server.Streaming;
using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests.Streaming;

public class FrameSubscriptionDisorderTests
{
    // In buckets of ten milliseconds, of which each holds one sample.
    private static readonly FrameRequest Unreduced = new() { Width = 24_000 };

    private readonly FakeTimeProvider _time = Clock.New();
    private readonly SensorLog _log;
    private readonly SensorSeries _series;

    public FrameSubscriptionDisorderTests()
    {
        _log = TestLog.New(_time);
        _series = _log.Open();
    }

    private double Now => (_time.GetUtcNow().UtcDateTime - Clock.Start).TotalSeconds;

    [Fact]
    public void Late_sample_is_given_in_its_place_with_one_refill()
    {
        using var frames = new PumpedFrames(_log, _time, Unreduced);
        frames.Start();
        Run(frames, 60);

        _series.Append(Now - 1.01, -1);
        var given = Run(frames, 60);

        var refill = Assert.Single(given, frame => frame.IsRefill);
        Assert.Equal(frames.Ticks("a").Order(), frames.Ticks("a"));
        Assert.Equal(_series.Next - 1, frames.Values("a").Length);
        Assert.Contains(-1.0, refill.Columns[0].Values);
    }

    [Fact]
    public void Late_sample_is_not_how_the_sensor_stands_now()
    {
        using var frames = new PumpedFrames(_log, _time, Unreduced);
        frames.Start();
        Run(frames, 60);
        _series.Append(Now, 7);
        _series.Append(Now - 1.01, -999);

        var given = frames.Step().ToList();

        Assert.Equal(7, given[^1].Columns[0].Latest!.Value);
    }

    [Fact]
    public void Late_samples_again_and_again_cause_a_refill_every_two_seconds()
    {
        using var frames = new PumpedFrames(_log, _time, Unreduced);
        frames.Start();
        Run(frames, 20);

        var given = Enumerable.Range(0, 200).SelectMany(_ =>
        {
            _series.Append(Now - 0.5, -1);
            return Run(frames, 1);
        }).ToList();

        var refills = given.Where(frame => frame.IsRefill).Select(frame => frame.Time).ToList();
        Assert.Equal(5, refills.Count);
        Assert.All(refills.Zip(refills.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(2)));
        Assert.Equal(frames.Ticks("a").Order(), frames.Ticks("a"));
    }

    [Fact]
    public void Window_with_late_samples_is_sorted_from_the_first_frame_on()
    {
        foreach (var ago in new double[] { 9, 7, 8, 3, 5, 4, 1 })
        {
            _series.Append(-ago, -ago);
        }

        using var frames = new PumpedFrames(_log, _time, Unreduced with { WindowSeconds = 8, Width = 3200 });
        frames.Start();

        Assert.Equal([-8.0, -7, -5, -4, -3, -1], frames.Values("a"));
        Assert.Equal(-1, frames.Columns("a")[0].Latest!.Value);
        Assert.All(Run(frames, 60), frame => Assert.False(frame.IsRefill));
    }

    [Fact]
    public void Reduced_window_with_late_samples_is_sorted()
    {
        var random = new Random(3);
        for (var i = 0; i < 3000; i++)
        {
            _series.Append(-30 + i * 0.01 - random.NextDouble() * 2, i);
        }

        using var frames = new PumpedFrames(_log, _time, new FrameRequest { WindowSeconds = 60, Width = 240 });
        frames.Start();

        Assert.Equal(frames.Ticks("a").Order(), frames.Ticks("a"));
        Assert.InRange(frames.Ticks("a").Length, 100, 34 * 4);
        Assert.Equal(3001, frames.Columns("a").Sum(column => column.Covered) + frames.Columns("a")[0].First);
    }

    [Fact]
    public void Refill_is_of_all_sensors()
    {
        var other = _log.Open("b");
        using var frames = new PumpedFrames(_log, _time, Unreduced);
        frames.Start();
        for (var i = 0; i < 20; i++)
        {
            other.Append(Now, i);
            Run(frames, 1);
        }

        Run(frames, 40);
        _series.Append(Now - 1, -1);
        Run(frames, 60);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => (double)i), frames.Values("b"));
    }

    [Fact]
    public void Late_sample_comes_as_it_arrived_where_every_sample_is_wanted()
    {
        Run(null, 10);
        using var frames = new PumpedFrames(_log, _time, new FrameRequest { WindowSeconds = 0 });
        frames.Start();
        Run(frames, 60);

        _series.Append(Now - 1.01, -1);
        var given = Run(frames, 60);

        Assert.All(given, frame => Assert.False(frame.IsRefill));
        Assert.Equal([70.0, -1, 72], frames.Values("a")[59..62]);
        Assert.Equal((121, 0, 0, 121), (frames.Tally.Received, frames.Tally.Reduced, frames.Tally.LeftOut, frames.Tally.Appended));
    }

    private List<Frame> Run(PumpedFrames? frames, int steps)
    {
        var given = new List<Frame>();
        for (var i = 0; i < steps; i++)
        {
            _series.Append(Now, _series.Next);
            given.AddRange(frames?.Step() ?? []);
        }

        return given;
    }
}
