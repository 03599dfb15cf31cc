using LiveViz.Feeds;
using LiveViz.Server.Streaming;
using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests.Streaming;

public class FrameSharingTests
{
    private readonly FakeTimeProvider _time = Clock.New();
    private readonly Pump _pump = new();
    private readonly SensorLog _log;
    private readonly FrameChannels _channels;
    private readonly SensorSeries _series;

    public FrameSharingTests()
    {
        _log = TestLog.New(_time, megabytes: 16);
        _channels = new FrameChannels(_log, _time);
        _series = _log.Open();
    }

    [Fact]
    public void Readers_of_the_same_are_given_the_same_bytes()
    {
        using var one = Read(new FrameRequest { SensorIds = ["a", "b"], Width = 600 });
        Run(one, 3);
        // Of another window, and with the ids in another order; it draws in buckets of the same width.
        using var two = Read(new FrameRequest { SensorIds = ["b", "a", "b"], Width = 500, WindowSeconds = 50 });
        two.TakeAll();

        var begin = (one.Bytes.Count, two.Bytes.Count);
        Run(one, 3, two);

        var (ours, theirs) = (one.Bytes[begin.Item1..], two.Bytes[begin.Item2..]);
        Assert.Equal((60, 60), (ours.Count, theirs.Count));
        Assert.All(ours.Zip(theirs), pair => Assert.Same(pair.First, pair.Second));
    }

    [Fact]
    public void Readers_who_open_together_are_filled_with_the_same_bytes()
    {
        using var one = Read(new FrameRequest { Width = 600 });
        using var two = Read(new FrameRequest { Width = 600 });

        one.TakeAll();
        two.TakeAll();

        Assert.Same(Assert.Single(one.Bytes), Assert.Single(two.Bytes));
    }

    [Theory]
    [InlineData("width")]
    [InlineData("rate")]
    [InlineData("precision")]
    [InlineData("sensors")]
    public void Readers_of_something_else_are_given_their_own(string difference)
    {
        var request = new FrameRequest { Width = 600 };
        using var one = Read(request);
        using var two = Read(difference switch
        {
            "width" => request with { Width = 0 },
            "rate" => request with { FramesPerSecond = 10 },
            "precision" => request with { SinglePrecision = true },
            _ => request with { SensorIds = ["a"] },
        });
        Run(one, 2);
        two.TakeAll();

        Assert.Empty(one.Bytes.Intersect(two.Bytes));
    }

    [Fact]
    public void Reader_who_comes_later_has_the_same_points_as_the_first()
    {
        using var one = Read(new FrameRequest { Width = 600 });
        var first = new List<Frame>(Run(one, 20));
        using var two = Read(new FrameRequest { Width = 600 });
        var second = two.TakeAll();
        var more = Run(one, 5);

        first.AddRange(more);
        second.AddRange(two.TakeAll());

        Assert.Equal(Points(first), Points(second));
        Assert.Equal(one.Tally.Received, two.Tally.Received);
        Assert.Equal(one.Tally.Reduced, two.Tally.Reduced);
        Assert.True(one.Tally.Reduced > one.Tally.Received);
    }

    [Fact]
    public void Late_samples_refill_every_reader_of_a_reduction()
    {
        using var fast = Read(new FrameRequest { Width = 600 });
        using var slow = Read(new FrameRequest { Width = 600, FramesPerSecond = 4 });
        Run(fast, 3);
        slow.TakeAll();

        _series.Append(Now - 2, -1000);
        var ours = Run(fast, 3);
        var theirs = slow.TakeAll();

        Assert.Single(ours, frame => frame.IsRefill);
        Assert.Single(theirs, frame => frame.IsRefill);
        Assert.Contains(-1000.0, Points(theirs).Select(point => point.Value));
        Assert.Equal(Points(ours), Points(theirs));
    }

    [Fact]
    public void Reader_who_comes_after_late_samples_has_them_in_their_place()
    {
        using var one = Read(new FrameRequest { Width = 600 });
        Run(one, 3);
        _series.Append(Now - 2, -1000);
        var ours = Run(one, 3);
        using var two = Read(new FrameRequest { Width = 600 });
        var theirs = two.TakeAll();

        Assert.Equal(Points(ours), Points(theirs));
        Assert.Equal(Points(theirs).Select(point => point.Ticks).Order(), Points(theirs).Select(point => point.Ticks));
    }

    [Fact]
    public void Last_reader_closes_the_channel_and_the_next_opens_another()
    {
        for (var round = 0; round < 3; round++)
        {
            using var one = Read(new FrameRequest { Width = 600 });
            var frames = Run(one, 3);

            Assert.True(frames[0].IsRefill);
            Assert.Equal(one.Tally.Appended, one.Tally.Received + one.Tally.Reduced + one.Tally.LeftOut);
            Assert.Equal(_channels.Join(FrameKey.Of(new FrameRequest { Width = 600 }), 1), _channels.Join(FrameKey.Of(new FrameRequest { Width = 600 }), 1));
            _channels.Leave(_channels.Join(FrameKey.Of(new FrameRequest { Width = 600 }), 1));
        }
    }

    private double Now => (_time.GetUtcNow().UtcDateTime - Clock.Start).TotalSeconds;

    private PulledFrames Read(FrameRequest request) => new(_log, _channels, _time, request, _pump);

    /// <summary>Runs for some seconds, a hundred samples each, and reads along.</summary>
    private List<Frame> Run(PulledFrames reader, double seconds, PulledFrames? along = null)
    {
        var frames = reader.TakeAll();
        for (var i = 0; i < seconds * 20; i++)
        {
            for (var n = 0; n < 5; n++)
            {
                _series.Append(Now + n * 0.01, Math.Sin(_series.Next));
            }

            reader.Advance(0.05);
            frames.AddRange(reader.TakeAll());
            along?.TakeAll();
        }

        return frames;
    }

    /// <summary>The points since the last refill.</summary>
    private static List<(long Ticks, double Value)> Points(List<Frame> frames) =>
        [.. frames.Skip(frames.FindLastIndex(frame => frame.IsRefill)).SelectMany(frame => frame.Columns)
            .SelectMany(column => column.Ticks.Zip(column.Values))];
}
