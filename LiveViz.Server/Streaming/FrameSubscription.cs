using System.Runtime.CompilerServices;

namespace LiveViz.Server.Streaming;

/// <summary>
/// One reader's stream of frames: what it has missed or its window, then the frames of its channel, which it shares
/// with all who asked for the same. It holds no frames, only where it stands: a slow reader costs nobody anything.
/// </summary>
internal sealed class FrameSubscription
{
    // A reader that asked for nothing of the past may still have to be given some of it in coarser form.
    private static readonly long SpanWithoutWindow = TimeSpan.TicksPerMinute;

    // Those who open a page together do so within this.
    private static readonly long FillsAreKept = TimeSpan.TicksPerSecond;

    private readonly FrameChannels _channels;
    private readonly SensorLog _log;
    private readonly TimeProvider _time;
    private readonly StreamMetrics _metrics;
    private readonly FrameRequest _request;
    private readonly long _window;
    private readonly FrameKey[] _keys;
    private readonly FramePace _pace = new();
    private int _level;
    private FrameChannel? _channel;

    // Where the reader stands while that is further than its channel's frames do, as after it was moved to coarser
    // ones: until these have come so far, it is given frames of its own.
    private long?[]? _ahead;
    private int _named;

    public FrameSubscription(FrameChannels channels, SensorLog log, TimeProvider time, StreamMetrics metrics, FrameRequest request)
    {
        _channels = channels;
        _log = log;
        _time = time;
        _metrics = metrics;
        _request = request;
        _window = (long)(request.WindowSeconds * TimeSpan.TicksPerSecond);
        _keys = new FrameKey[FramePace.MostCoarse + 1];
        _keys[0] = FrameKey.Of(request);
    }

    private long Elapsed => _time.GetElapsedTime(0).Ticks;

    private long NowTicks => _time.GetUtcNow().UtcTicks;

    public async IAsyncEnumerable<byte[]> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reading = _metrics.Begin();
        var channel = _channel = Join(0);
        using var leaving = cancellationToken.UnsafeRegister(static reader => Volatile.Read(ref ((FrameSubscription)reader!)._channel)?.Wake(), this);
        try
        {
            var at = channel.Newest;
            foreach (var bytes in Fill(channel, at, Resumed(channel)))
            {
                yield return bytes;
            }

            while (true)
            {
                var next = await channel.AfterAsync(at, cancellationToken);
                var isBehind = _pace.IsBehind(next, channel.Key.PeriodTicks, Elapsed) || _pace.Level != _level;
                if (!isBehind && !next!.NeedsRefill && _ahead is null)
                {
                    foreach (var bytes in next.Parts)
                    {
                        _metrics.Sent(bytes.Length);
                        yield return bytes;
                    }

                    _metrics.Account(next.Account);
                    _named = next.Ends.Length;
                    at = next;
                    continue;
                }

                var have = isBehind || !next!.NeedsRefill ? _ahead ?? Array.ConvertAll(at.Ends, end => (long?)end) : null;
                var wasReduced = channel.Key.BucketTicks > 0;
                if (isBehind)
                {
                    channel = Move(channel);
                    Volatile.Write(ref _channel, channel);
                    next = channel.Newest;
                    // Samples came late and were put in their place meanwhile: the reader has not seen it.
                    have = channel.Key.BucketTicks > 0 && wasReduced && next.Placed != at.Placed ? null : have;
                }

                foreach (var bytes in Fill(channel, next!, have))
                {
                    yield return bytes;
                }

                at = next!;
            }
        }
        finally
        {
            _channels.Leave(channel);
        }
    }

    private FrameChannel Join(int level)
    {
        for (var i = 1; i <= level; i++)
        {
            _keys[i] ??= _keys[i - 1].Coarser();
        }

        _level = level;
        return _channels.Join(_keys[level], _window > 0 ? _window : SpanWithoutWindow);
    }

    /// <summary>Goes over to the channel that the pace asks for.</summary>
    private FrameChannel Move(FrameChannel channel)
    {
        if (_pace.Level == _level)
        {
            _metrics.CaughtUp();
            return channel;
        }

        _metrics.Moved(coarser: _pace.Level > _level);
        var other = Join(_pace.Level);
        _channels.Leave(channel);
        return other;
    }

    /// <summary>What the reader says it has, in the channel's order; null where it cannot be continued.</summary>
    private long?[]? Resumed(FrameChannel channel)
    {
        if (_request.Resume is not { } resume || resume.Epoch != _log.Epoch)
        {
            return null;
        }

        var next = resume.Sensors.Zip(resume.Next).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. channel.Columns.Select(column =>
            next.TryGetValue(column.Series.Index, out var sequence) ? Resumed(column, Math.Clamp(sequence, 1, column.Series.Next)) : null)];
    }

    /// <summary>
    /// One that stands just where late samples were put in their place may have gone before or after that: it is taken
    /// for one from before, and refilled.
    /// </summary>
    private static long? Resumed(ChannelColumn column, long next) => next == column.Reduction?.SortedTo ? next - 1 : next;

    private IEnumerable<byte[]> Fill(FrameChannel channel, SharedFrame at, long?[]? have)
    {
        var window = _window == 0 && channel.Key.BucketTicks > 0 && have is null ? SpanWithoutWindow : _window;
        var fill = new FrameFill(channel, at, have, window, _named, NowTicks);
        _ahead = fill.Ahead();
        _named = at.Ends.Length;
        // Many may open the same page at once: its window is reduced, so it is small enough to be kept for them.
        var isKept = fill.IsRefill && channel.Key.BucketTicks > 0 && Elapsed - at.Made <= FillsAreKept;
        var kept = isKept ? at.FillOnce(window, () => ([.. fill.Write(_log.Epoch)], fill.Account)) : default;
        foreach (var bytes in isKept ? kept.Parts : fill.Write(_log.Epoch))
        {
            _metrics.Sent(bytes.Length);
            yield return bytes;
        }

        _metrics.Account(isKept ? kept.Account : fill.Account);
    }
}
