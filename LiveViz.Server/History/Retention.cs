namespace LiveViz.Server.History;

/// <summary>Forgets what is older than it is to be kept, a little at a time, so that nothing waits for it.</summary>
internal sealed class Retention
{
    private const int BlocksAtOnce = 200;
    private const int RollupsAtOnce = 2000;
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromHours(1);

    // A clock that goes wrong must not cost the past. Where it has gone ahead by so much, or where nothing was stored for
    // so long before the start, nothing is forgotten until it has been seen for a day and nobody has put it right.
    private static readonly TimeSpan Jump = TimeSpan.FromHours(1);
    private static readonly TimeSpan Absence = TimeSpan.FromDays(1);
    private static readonly TimeSpan Distrust = TimeSpan.FromDays(1);

    private readonly RetentionOptions _options;
    private readonly IReadOnlyList<SensorRetentionOptions> _sensors;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Queue<SensorArchive> _round = new();
    private long _roundAt;
    private long _seenAt;
    private DateTimeOffset _seen;
    private long? _distrustedAt;

    /// <summary>Forgets nothing yet.</summary>
    /// <param name="options">How long what is kept.</param>
    /// <param name="sensors">And of whom otherwise.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it is said that the clock is not trusted.</param>
    public Retention(RetentionOptions options, IReadOnlyList<SensorRetentionOptions> sensors, TimeProvider time, ILogger logger)
    {
        _options = options;
        _sensors = sensors;
        _time = time;
        _logger = logger;
        _roundAt = _seenAt = time.GetTimestamp();
        _seen = time.GetUtcNow();
    }

    /// <summary>Says up to when samples are stored, when the server starts.</summary>
    /// <param name="newest">The newest time, in ticks; null where nothing is stored.</param>
    public void Begin(long? newest)
    {
        if (newest is { } ticks && _seen.UtcTicks - ticks > Absence.Ticks)
        {
            Doubt(new DateTime(ticks, DateTimeKind.Utc));
        }
    }

    /// <summary>Whether there is something to forget now.</summary>
    public bool IsDue(IReadOnlyCollection<SensorArchive> archives)
    {
        Look();
        if (_round.Count == 0 && _time.GetElapsedTime(_roundAt) >= BetweenRounds)
        {
            _roundAt = _time.GetTimestamp();
            foreach (var archive in archives)
            {
                _round.Enqueue(archive);
            }
        }

        return _round.Count > 0 && _distrustedAt is null;
    }

    /// <summary>Forgets some of one sensor.</summary>
    /// <returns>How many rows.</returns>
    public int Forget(HistorySession store)
    {
        var archive = _round.Peek();
        var options = _sensors.FirstOrDefault(sensor => archive.Told is { } told && sensor.Fits(told.Id)) ?? _options;
        var now = _time.GetUtcNow().UtcTicks;
        var rows = 0;
        for (var level = 0; level < RollupLevel.Count; level++)
        {
            if (options.Of(level) is { } kept)
            {
                rows += Forget(store, archive.Number, level, now - kept.Ticks);
            }
        }

        if (rows == 0)
        {
            _round.Dequeue();
        }

        return rows;
    }

    private static int Forget(HistorySession store, int sensor, int level, long before)
    {
        var narrowest = level == 0 ? 0 : RollupLevel.Width(level) / RollupLevel.FewSamples;
        var widest = level + 1 < RollupLevel.Count ? RollupLevel.Width(level + 1) / RollupLevel.FewSamples : long.MaxValue / SampleBlock.Size / 4;
        var rows = store.DropBlocks(sensor, before, narrowest, widest, BlocksAtOnce);
        return level == 0 ? rows : rows + store.DropRollupsBefore(sensor, level, before / RollupLevel.Width(level), RollupsAtOnce);
    }

    private void Look()
    {
        var (elapsed, now) = (_time.GetElapsedTime(_seenAt), _time.GetUtcNow());
        if (now - _seen - elapsed > Jump)
        {
            Doubt((_seen + elapsed).UtcDateTime);
        }

        (_seenAt, _seen) = (_time.GetTimestamp(), now);
        if (_distrustedAt is { } since && _time.GetElapsedTime(since) >= Distrust)
        {
            _distrustedAt = null;
        }
    }

    private void Doubt(DateTime expected)
    {
        _distrustedAt = _time.GetTimestamp();
        _logger.LogWarning(
            "The clock says {Now:u}, and was expected to say about {Expected:u}. Nothing of history is forgotten for a day: if the clock is wrong, put it right",
            _time.GetUtcNow().UtcDateTime, expected);
    }
}
