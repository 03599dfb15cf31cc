using LiveViz.Feeds;

namespace LiveViz.FanOut.Load;

/// <summary>
/// What one client was told: how much, how late, and whether anything was left out or told twice. The thread that
/// reads the client writes it; its numbers are read elsewhere.
/// </summary>
internal sealed class Tally(Settings settings)
{
    private readonly FrameReader _reader = new();
    private readonly Dictionary<string, long> _next = [];
    private readonly Dictionary<string, long> _shown = [];
    private readonly bool _everySample = settings.EverySample;
    private long _points;
    private long _covered;
    private long _lost;
    private long _repeated;
    private long _lastTicks;
    private long _worstGap;
    private long _opened = long.MaxValue;
    private bool _isPastTold;

    public bool ReadsFrames { get; } = settings.Via is Dialect.Hub or Dialect.Raw;

    /// <summary>Whether it has come to what was sampled after it connected: until then it is told the past.</summary>
    public bool IsPastTold => Volatile.Read(ref _isPastTold);

    /// <summary>
    /// How late points came, and whether that is taken down now: only during the measurement. Where samples are reduced:
    /// how old the newest that the client knew of a sensor had become when it heard of a newer one.
    /// </summary>
    public Histogram Latency { get; } = new();

    public bool IsMeasuring { get; set; }

    public long Points => Volatile.Read(ref _points);

    /// <summary>Samples that what it was told stands for.</summary>
    public long Covered => Volatile.Read(ref _covered);

    /// <summary>Samples that no column spoke for, or, where every sample was asked for, that did not come.</summary>
    public long Lost => Volatile.Read(ref _lost);

    public long Repeated => Volatile.Read(ref _repeated);

    /// <summary>The longest time between two frames with points in them, in ticks.</summary>
    public long WorstGap => Volatile.Read(ref _worstGap);

    /// <summary>Takes note that it asks for its stream now. What is older than this is the past, and not late.</summary>
    public void Open() => Volatile.Write(ref _opened, DateTime.UtcNow.Ticks);

    public void Frame(byte[] bytes, long ticks)
    {
        var frame = _reader.Read(bytes);
        foreach (var column in frame.Columns)
        {
            Follow(column.SensorId, column.First, column.Covered, frame.IsRefill);
            var left = column.Covered - column.Ticks.Length;
            _lost += _everySample ? Math.Max(0, left) : 0;
            _repeated += _everySample ? Math.Max(0, -left) : 0;
            Volatile.Write(ref _covered, _covered + column.Covered);
            if (!_everySample && column.Latest is { } latest)
            {
                Show(column.SensorId, latest.Timestamp.Ticks, ticks);
            }

            // What a refill brings has been told before, and was in time or not then.
            Count(column.Ticks, ticks, isNew: !frame.IsRefill);
        }

        if (frame.Columns.Count > 0)
        {
            Arrived(ticks);
        }
    }

    public void Point(string sensorId, long sampled, long? sequence, long ticks)
    {
        if (sequence is { } number)
        {
            Follow(sensorId, number, 1, isRefill: false);
        }

        Volatile.Write(ref _covered, _covered + 1);
        Count([sampled], ticks, isNew: true);
        Arrived(ticks);
    }

    private void Follow(string sensorId, long first, long covered, bool isRefill)
    {
        if (!isRefill && _next.TryGetValue(sensorId, out var expected))
        {
            _lost += Math.Max(0, first - expected);
            _repeated += Math.Max(0, expected - first);
        }

        _next[sensorId] = first + covered;
    }

    private void Show(string sensorId, long sampled, long ticks)
    {
        if (IsMeasuring && _shown.TryGetValue(sensorId, out var shown))
        {
            Latency.Add((ticks - shown) / TimeSpan.TicksPerMicrosecond);
        }

        _shown[sensorId] = sampled;
    }

    private void Count(ReadOnlySpan<long> sampled, long ticks, bool isNew)
    {
        Volatile.Write(ref _points, _points + sampled.Length);
        foreach (var time in sampled)
        {
            if (isNew && time >= _opened)
            {
                Volatile.Write(ref _isPastTold, true);
                if (IsMeasuring && _everySample)
                {
                    Latency.Add((ticks - time) / TimeSpan.TicksPerMicrosecond);
                }
            }
        }
    }

    private void Arrived(long ticks)
    {
        if (IsMeasuring && _lastTicks != 0)
        {
            Volatile.Write(ref _worstGap, Math.Max(_worstGap, ticks - _lastTicks));
        }

        _lastTicks = ticks;
    }
}
