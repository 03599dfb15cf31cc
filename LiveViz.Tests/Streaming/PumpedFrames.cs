using LiveViz.Feeds;
using LiveViz.Server.Streaming;
using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests.Streaming;

/// <summary>A reader of frames on a clock that is moved by hand.</summary>
internal sealed class PumpedFrames : IDisposable
{
    private readonly Pump _pump = new();
    private readonly FakeTimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly FrameSubscription _stream;
    private readonly FrameReader _reader = new();
    private List<Frame> _fresh = [];
    private Task? _reading;

    public PumpedFrames(SensorLog log, FakeTimeProvider time, FrameRequest request, FrameChannels? channels = null)
    {
        _time = time;
        _stream = new FrameSubscription(channels ?? new FrameChannels(log, time), log, time, TestMetrics.New(), request);
    }

    /// <summary>The account of all that came.</summary>
    public FrameTally Tally { get; } = new();

    /// <summary>Every frame so far.</summary>
    public List<Frame> All { get; } = [];

    /// <summary>How many bytes each frame had.</summary>
    public List<int> Lengths { get; } = [];

    /// <summary>Begins to read.</summary>
    /// <returns>The first frames.</returns>
    public List<Frame> Start()
    {
        _pump.Run(() => _reading = ReadAsync());
        return TakeFresh();
    }

    /// <summary>Moves the clock by a frame's time.</summary>
    /// <returns>The frames that came.</returns>
    public List<Frame> Step(double seconds = 0.05)
    {
        _pump.Run(() => _time.Advance(TimeSpan.FromSeconds(seconds)));
        return TakeFresh();
    }

    /// <summary>Every value of a sensor since the last refill, in the order given.</summary>
    public double[] Values(string id) => [.. Columns(id).SelectMany(column => column.Values)];

    /// <summary>Every time of a sensor since the last refill, in the order given.</summary>
    public long[] Ticks(string id) => [.. Columns(id).SelectMany(column => column.Ticks)];

    /// <summary>Every column of a sensor since the last refill.</summary>
    public FrameColumn[] Columns(string id) =>
        [.. All.Skip(All.FindLastIndex(frame => frame.IsRefill)).SelectMany(frame => frame.Columns).Where(column => column.SensorId == id)];

    public void Dispose()
    {
        _pump.Run(_end.Cancel);
        // A reader that waits hears of it with the next frame.
        for (var i = 0; i < 12 && !_reading!.IsCompleted; i++)
        {
            _pump.Run(() => _time.Advance(TimeSpan.FromSeconds(1)));
        }

        _end.Dispose();
        Assert.True(_reading!.IsCanceled || _reading.IsCompletedSuccessfully);
    }

    private List<Frame> TakeFresh()
    {
        if (_reading!.IsFaulted)
        {
            throw _reading.Exception;
        }

        var fresh = _fresh;
        _fresh = [];
        return fresh;
    }

    private async Task ReadAsync()
    {
        await foreach (var bytes in _stream.ReadAsync(_end.Token))
        {
            var frame = _reader.Read(bytes);
            All.Add(frame);
            Tally.Add(frame);
            _fresh.Add(frame);
            Lengths.Add(bytes.Length);
        }
    }
}
