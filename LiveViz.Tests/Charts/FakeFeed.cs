using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LiveViz.Feeds;
using LiveViz.Sources;

namespace LiveViz.Tests.Charts;

/// <summary>A feed that gives the frames a test writes.</summary>
internal sealed class FakeFeed : ISensorFeed
{
    private readonly Lock _gate = new();
    private List<Reading> _readings = [];
    private IReadOnlyList<Sensor> _sensors = [];

    public event Action? ConnectionChanged;

    public FeedConnection Connection { get; private set; } = new(FeedState.Connected, Clock.Start);

    public IReadOnlyList<Sensor> Sensors
    {
        get => Volatile.Read(ref _sensors);
        set => Volatile.Write(ref _sensors, value);
    }

    /// <summary>Why every request is refused; null where none is.</summary>
    public string? Refusal { get; set; }

    /// <summary>Every reading of frames that was begun.</summary>
    public IReadOnlyList<Reading> Readings
    {
        get
        {
            lock (_gate)
            {
                return _readings;
            }
        }
    }

    public Task<IReadOnlyList<Sensor>> GetSensorsAsync(CancellationToken cancellationToken = default) => Task.FromResult(Sensors);

    public Task<IReadOnlyList<SourceStatus>> GetSourcesAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ServerStatus> GetStatusAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Every span that was asked for.</summary>
    public List<SpanRequest> Spans { get; } = [];

    /// <summary>What is given for a span.</summary>
    public Frame Span { get; set; } = TestFrames.Refill(0);

    public Task<Frame> GetSpanAsync(SpanRequest request, CancellationToken cancellationToken = default)
    {
        Spans.Add(request);
        return Task.FromResult(Span);
    }

    public async IAsyncEnumerable<Frame> ReadFramesAsync(FrameRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var reading = new Reading(request);
        lock (_gate)
        {
            _readings = [.. _readings, reading];
        }

        if (Refusal is { } refusal)
        {
            throw new FeedRefusedException(refusal, new InvalidOperationException());
        }

        try
        {
            await foreach (var frame in reading.Frames.Reader.ReadAllAsync(cancellationToken))
            {
                yield return frame;
            }
        }
        finally
        {
            reading.End();
        }
    }

    public void Become(FeedState state)
    {
        Connection = new FeedConnection(state, Clock.Start);
        ConnectionChanged?.Invoke();
    }

    internal sealed class Reading(FrameRequest request)
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public FrameRequest Request { get; } = request;

        public Channel<Frame> Frames { get; } = Channel.CreateUnbounded<Frame>();

        public bool IsEnded => _ended.Task.IsCompleted;

        public void Give(Frame frame) => Assert.True(Frames.Writer.TryWrite(frame));

        public void End() => _ended.TrySetResult();
    }
}
