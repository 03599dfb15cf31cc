using LiveViz.Feeds;
using LiveViz.Server.Streaming;
using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests.Streaming;

/// <summary>A reader that takes a frame only when it is told to, on a clock that is moved by hand.</summary>
internal sealed class PulledFrames : IDisposable
{
    private readonly Pump _pump;
    private readonly FakeTimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly IAsyncEnumerator<byte[]> _frames;
    private readonly FrameReader _reader = new();
    private Task<bool>? _next;

    public PulledFrames(SensorLog log, FrameChannels channels, FakeTimeProvider time, FrameRequest request, Pump? pump = null, FrameTally? tally = null, StreamMetrics? metrics = null)
    {
        _pump = pump ?? new Pump();
        _time = time;
        Tally = tally ?? new FrameTally();
        _frames = new FrameSubscription(channels, log, time, metrics ?? TestMetrics.New(), request with { Resume = Tally.Position ?? request.Resume }).ReadAsync(_end.Token).GetAsyncEnumerator();
    }

    /// <summary>The account of what came, in this reading and those before it.</summary>
    public FrameTally Tally { get; }

    /// <summary>The bytes of each frame that was taken.</summary>
    public List<byte[]> Bytes { get; } = [];

    /// <summary>Takes the next frame; null where there is none yet.</summary>
    public Frame? Take()
    {
        _pump.Run(() => _next ??= _frames.MoveNextAsync().AsTask());
        if (!_next!.IsCompleted)
        {
            return null;
        }

        Assert.True(_next.GetAwaiter().GetResult());
        _next = null;
        Bytes.Add(_frames.Current);
        var frame = _reader.Read(_frames.Current);
        Tally.Add(frame);
        return frame;
    }

    /// <summary>Takes all the frames that there are.</summary>
    public List<Frame> TakeAll()
    {
        var all = new List<Frame>();
        while (Take() is { } frame)
        {
            all.Add(frame);
        }

        return all;
    }

    /// <summary>Moves the clock.</summary>
    public void Advance(double seconds) => _pump.Run(() => _time.Advance(TimeSpan.FromSeconds(seconds)));

    public void Dispose()
    {
        _pump.Run(_end.Cancel);
        // A reader that waits hears of it with the next frame.
        while (_next is { IsCompleted: false })
        {
            Advance(1);
        }

        _pump.Run(() => _ = _frames.DisposeAsync().AsTask());
        _end.Dispose();
    }
}
