using LiveViz.Feeds;
using LiveViz.Server.Streaming;
using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests.Streaming;

/// <summary>Readers, clocks and devices that behave as they should not, and what others then have of it: nothing.</summary>
public class HardReadersTests
{
    private readonly SettableClock _time = new();
    private readonly Pump _pump = new();
    private readonly SensorLog _log;
    private readonly FrameChannels _channels;
    private readonly SensorSeries _series;

    public HardReadersTests()
    {
        _log = TestLog.New(_time, megabytes: 4);
        _channels = new FrameChannels(_log, _time);
        _series = _log.Open();
    }

    private double Now => (_time.GetUtcNow().UtcDateTime - Clock.Start).TotalSeconds;

    [Fact]
    public void Clock_of_the_server_that_is_set_back_stops_no_frames()
    {
        using var reader = Read(new FrameRequest());
        Run(reader, 2);

        _time.Offset = TimeSpan.FromHours(-1);
        var frames = Run(reader, 5);

        Assert.InRange(frames.Count, 99, 102);
        Assert.Equal(_series.Next - 1, reader.Tally.Received + reader.Tally.LeftOut);
    }

    [Fact]
    public void Reader_that_is_no_longer_wanted_ends_at_once_however_seldom_it_is_given_frames()
    {
        using var cancelled = new CancellationTokenSource();
        var request = new FrameRequest { FramesPerSecond = 0.1 };
        var stream = new FrameSubscription(_channels, _log, _time, TestMetrics.New(), request).ReadAsync(cancelled.Token).GetAsyncEnumerator();
        Task<bool>? first = null, second = null;
        _pump.Run(() => first = stream.MoveNextAsync().AsTask());
        Assert.True(first!.IsCompletedSuccessfully);
        _pump.Run(() => second = stream.MoveNextAsync().AsTask());

        _pump.Run(cancelled.Cancel);
        _pump.Run(() => _time.Advance(TimeSpan.FromMilliseconds(50)));

        Assert.True(second!.IsCanceled);
    }

    [Fact]
    public void Somebodys_slightly_longer_windows_give_nobody_else_a_refill()
    {
        _series.Append(-5, 1);
        _series.Append(-6, 2);
        using var reader = Read(new FrameRequest { Width = 600 });
        Run(reader, 3);

        for (var i = 1; i <= 50; i++)
        {
            using var other = Read(new FrameRequest { Width = 600 + 10 * i, WindowSeconds = 60 + i });
            other.TakeAll();
            Assert.All(Run(reader, 0.2), frame => Assert.False(frame.IsRefill));
        }
    }

    [Fact]
    public void Reader_that_was_behind_while_a_late_sample_was_put_in_its_place_is_given_it()
    {
        using var reader = Read(new FrameRequest { Width = 600 });
        Run(reader, 3);
        _series.Append(Now - 1.5, -1);
        reader.Advance(0.05);
        Assert.Contains(reader.TakeAll(), frame => frame.IsRefill);
        // The last there is, and too soon after the other: nothing after it tells that the reader is behind by a refill.
        _series.Append(Now - 1.5, -1000);
        reader.Advance(0.05);
        Assert.Equal(1, Assert.Single(Assert.Single(reader.TakeAll()).Columns).Late);

        for (var i = 0; i < 160; i++)
        {
            reader.Advance(0.05);
        }

        var frames = reader.TakeAll();
        Assert.Contains(-1000.0, frames.SelectMany(frame => frame.Columns).SelectMany(column => column.Values));
        Assert.Contains(frames, frame => frame.IsRefill);
    }

    [Fact]
    public void Sample_ahead_of_its_time_does_not_make_all_that_follow_late()
    {
        using var reader = Read(new FrameRequest { Width = 600 });
        Run(reader, 3);

        _series.Append(Clock.Ticks(Now + 20 * 3600), 1, Quality.Good, Clock.Ticks(Now));
        var frames = Run(reader, 20);

        Assert.DoesNotContain(frames, frame => frame.IsRefill);
        Assert.Equal(0, _series.Disorder);
        Assert.Equal(0, reader.Tally.LeftOut);
        Assert.InRange(frames.SelectMany(frame => frame.Columns).Sum(column => column.Sequences.Length), 100, 400);
    }

    [Fact]
    public void Newest_sample_that_the_log_no_longer_holds_is_not_told_as_another()
    {
        _series.Append(100, 999);
        for (var i = 0; i < 400_000; i++)
        {
            _series.Append(Clock.Ticks(-100 + i * 0.0001), i, Quality.Good, Clock.Ticks(100));
        }

        using var reader = Read(new FrameRequest { WindowSeconds = 0 });

        Assert.Null(Assert.Single(Assert.Single(reader.TakeAll()).Columns).Latest);
    }

    [Fact]
    public void Filled_windows_are_kept_for_a_few_and_only_while_the_frame_is_the_newest()
    {
        var frame = new SharedFrame(1, 0, [], [], false, 0, default);
        var written = 0;
        for (var round = 0; round < 3; round++)
        {
            for (var window = 0; window < 10; window++)
            {
                frame.FillOnce(window, Write);
            }
        }

        Assert.Equal(4 + 3 * 6, written);
        frame.ForgetFills();
        frame.FillOnce(0, Write);
        Assert.Equal(4 + 3 * 6 + 1, written);

        (byte[][], FrameAccount) Write()
        {
            written++;
            return ([], default);
        }
    }

    [Fact]
    public void Value_too_large_for_32_bits_is_not_made_infinite()
    {
        var writer = new FrameWriter(single: true);
        var points = new PointBuffer(2);
        points.Add(Clock.Ticks(0), 1e300, SampleMarks.None, 1);
        points.Add(Clock.Ticks(1), Math.PI, SampleMarks.None, 2);
        writer.Column(new ColumnHead(0, "a") { Marks = ColumnMarks.Named, First = 1, Covered = 2 }, points, Clock.Ticks(0));

        Assert.Equal([1e300, Math.PI], new FrameReader().Read(writer.Finish(1, Clock.Ticks(0), isRefill: true)).Columns[0].Values);
    }

    [Fact]
    public void Sensor_that_sends_in_bursts_is_not_stale_between_them()
    {
        var staleAt = new List<double>();
        for (var second = 0; second < 600; second++)
        {
            if (second % 30 == 0)
            {
                for (var i = 0; i < 600; i++)
                {
                    _series.Append(Clock.Ticks(second - 30 + i * 0.05), i, Quality.Good, Clock.Ticks(second) + i);
                }
            }

            if (second > 120 && _series.IsStale(Clock.Ticks(second)))
            {
                staleAt.Add(second);
            }
        }

        Assert.Empty(staleAt);
    }

    private PulledFrames Read(FrameRequest request) => new(_log, _channels, _time, request, _pump);

    private List<Frame> Run(PulledFrames reader, double seconds)
    {
        var frames = reader.TakeAll();
        for (var i = 0; i < seconds * 20; i++)
        {
            _series.Append(Now, Math.Sin(_series.Next));
            reader.Advance(0.05);
            frames.AddRange(reader.TakeAll());
        }

        return frames;
    }

    /// <summary>A clock that somebody sets.</summary>
    private sealed class SettableClock() : FakeTimeProvider(new DateTimeOffset(Clock.Start))
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;

        // The base takes it from the time of day.
        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
