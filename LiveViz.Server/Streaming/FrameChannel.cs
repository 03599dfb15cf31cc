using System.Collections.Immutable;
using System.Numerics;
using LiveViz.Feeds;

namespace LiveViz.Server.Streaming;

/// <summary>
/// Makes the frames of one distinct subscription: each once, for all its readers, who take them at their own pace.
/// It keeps the last few; whoever falls further behind goes on from the log.
/// </summary>
internal sealed class FrameChannel : IDisposable
{
    // Above this a frame is given as several, so that no reader is handed more than it can take in one gulp.
    internal const int LongestFrame = 256 * 1024;

    // Also when there is no news: a reader must be able to tell silence from a lost connection.
    private static readonly long Heartbeat = TimeSpan.TicksPerSecond;

    // 32,768 pixels, in buckets of four: no request asks for more.
    private const long MostBuckets = 32_768 / BucketWidth.PointsPerBucket;

    // Out-of-order samples cost a refill of the window, so a sensor that sends many is not redrawn for each.
    private static readonly long BetweenRefills = 2 * TimeSpan.TicksPerSecond;

    // How often it is looked whether there is news, where frames are wanted more seldom: a sample that comes after a
    // pause is then given at once, and does not wait for a beat of the clock that has nothing to do with it.
    private static readonly long LongestWait = 50 * TimeSpan.TicksPerMillisecond;

    private readonly FrameKey _key;
    private readonly SensorLog _log;
    private readonly SeriesReductions _reductions;
    private readonly TimeProvider _time;
    private readonly SensorSelection _selection;
    private readonly FrameWriter _writer;
    private readonly ColumnEncoder _encoder;
    private readonly Lock _gate = new();
    private readonly Lock _opening = new();
    private readonly SharedFrame?[] _recent;
    private readonly List<byte[]> _parts = [];
    private readonly CancellationTokenSource _closing = new();
    private ImmutableArray<ChannelColumn> _columns = [];
    private TaskCompletionSource _next = NewSignal();
    private SharedFrame _newest;
    private long _due;
    private long _nextRefill;
    private bool _isWoken;
    private bool _hasFailed;
    private long _span;

    public FrameChannel(FrameKey key, SensorLog log, SeriesReductions reductions, TimeProvider time)
    {
        _key = key;
        _log = log;
        _reductions = reductions;
        _time = time;
        _selection = new SensorSelection(log, key.SensorIds);
        _writer = new FrameWriter(key.BucketTicks, key.Single);
        _encoder = new ColumnEncoder(_writer);
        // For as long as a reader may be behind, and as long again.
        _recent = new SharedFrame[2 + 2 * (FramePace.Patience(key.PeriodTicks) / key.PeriodTicks)];
        _newest = new SharedFrame(0, Elapsed, [], [], false, 0, default);
    }

    /// <summary>What it was made for.</summary>
    public FrameKey Key => _key;

    /// <summary>The newest frame.</summary>
    public SharedFrame Newest
    {
        get
        {
            lock (_gate)
            {
                return _newest;
            }
        }
    }

    /// <summary>Its sensors, as many as <see cref="SharedFrame.Ends"/> has and perhaps newer ones.</summary>
    public ImmutableArray<ChannelColumn> Columns
    {
        get
        {
            lock (_gate)
            {
                return _columns;
            }
        }
    }

    private long Wait => Math.Min(_key.PeriodTicks, LongestWait);

    // Paces what is done, however the server's clock is set meanwhile.
    private long Elapsed => _time.GetElapsedTime(0).Ticks;

    private long NowTicks => _time.GetUtcNow().UtcTicks;

    /// <summary>
    /// Begins to make frames, if it has not, and sees to it that a reader finds in them what it looks back for.
    /// </summary>
    /// <param name="window">How far back the reader looks, in ticks.</param>
    public void Open(long window)
    {
        lock (_opening)
        {
            ObjectDisposedException.ThrowIf(_hasFailed, this);
            var span = SpanFor(window);
            if (span <= _span)
            {
                return;
            }

            var isOpen = _span > 0;
            Volatile.Write(ref _span, span);
            if (isOpen)
            {
                Cover(span);
                return;
            }

            try
            {
                Tick(NowTicks, isFirst: true);
            }
            catch
            {
                _hasFailed = true;
                ReturnReductions();
                throw;
            }

            // What is current at the caller, as the request being served, must not be kept by what outlives it.
            using (ExecutionContext.SuppressFlow())
            {
                _ = RunAsync(_closing.Token);
            }
        }
    }

    /// <summary>Has the readers look within 50 ms whether they are still wanted.</summary>
    public void Wake() => Volatile.Write(ref _isWoken, true);

    /// <summary>Makes no more frames.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    /// <summary>The frame after one, as soon as it is made; null where it is no longer kept.</summary>
    public async ValueTask<SharedFrame?> AfterAsync(SharedFrame frame, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (_newest.Number > frame.Number)
                {
                    var kept = _recent[(frame.Number + 1) % _recent.Length];
                    return kept?.Number == frame.Number + 1 ? kept : null;
                }

                next = _next.Task;
            }

            // Not waited for with the token: that costs each reader an object and a detour a frame. A reader that is
            // cancelled is woken by the channel's own timer.
            await next;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task RunAsync(CancellationToken closing)
    {
        try
        {
            using var timer = new PeriodicTimer(new TimeSpan(Wait), _time);
            while (await timer.WaitForNextTickAsync(closing))
            {
                // One frame may come early (a token bucket of two): so frames fall in with samples that come as often
                // as they do, and do not each wait for a beat of their own. A timer is never quite on time either.
                if (Elapsed + _key.PeriodTicks + Wait / 2 >= _due)
                {
                    Tick(NowTicks, isFirst: false);
                }

                if (Volatile.Read(ref _isWoken))
                {
                    Volatile.Write(ref _isWoken, false);
                    Signal(frame: null);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Its last reader has left.
        }
#pragma warning disable CA1031 // Whatever it is, the readers must hear of it: their streams end with it, and are logged.
        catch (Exception e)
#pragma warning restore CA1031
        {
            lock (_gate)
            {
                _hasFailed = true;
                _next.TrySetException(e);
            }
        }
        finally
        {
            ReturnReductions();
        }
    }

    private void ReturnReductions()
    {
        foreach (var column in _columns)
        {
            if (column.Reduction is not null)
            {
                _reductions.Return(column.Series, _key.BucketTicks);
            }
        }
    }

    /// <summary>
    /// In steps, so that somebody's slightly longer window does not have everything reckoned anew; and no further than
    /// the widest chart has buckets.
    /// </summary>
    private long SpanFor(long window)
    {
        var steps = (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(1, window / TimeSpan.TicksPerSecond + 1));
        var span = steps * TimeSpan.TicksPerSecond;
        return _key.BucketTicks == 0 ? span : Math.Min(span, Math.Max(window, 0) > _key.BucketTicks * MostBuckets ? _key.BucketTicks * MostBuckets : span);
    }

    private void Cover(long span)
    {
        var scratch = new SampleBuffer(LogBlock.Size);
        foreach (var column in Columns)
        {
            column.Reduction?.Cover(span, NowTicks, scratch);
        }
    }

    private void Tick(long now, bool isFirst)
    {
        TakeInNewSensors(now);
        _parts.Clear();
        _encoder.Account = default;
        var ends = new long[_columns.Length];
        for (var i = 0; i < ends.Length; i++)
        {
            ends[i] = _columns[i].Advance(now, _encoder.Scratch);
        }

        var isRefill = NeedsRefill();
        if (isRefill)
        {
            Sort(now, ends);
        }

        for (var i = 0; i < ends.Length; i++)
        {
            WriteNews(_columns[i], ref ends[i], now, isSilent: isFirst || isRefill);
        }

        var hasNews = isFirst || isRefill || _parts.Count > 0 || _writer.Count > 0;
        // What says that there is no news must not keep waiting what comes a moment later.
        _due = hasNews ? Math.Max(Elapsed, _due) + _key.PeriodTicks : _due;
        if (_writer.Count > 0 || (!hasNews && Elapsed - _newest.Made >= Math.Max(Heartbeat, _key.PeriodTicks)))
        {
            _parts.Add(_writer.Finish(_log.Epoch, now, isRefill: false));
        }

        if (isFirst || isRefill || _parts.Count > 0)
        {
            Signal(new SharedFrame(_newest.Number + 1, Elapsed, [.. _parts], ends, isRefill, Placed(), _encoder.Account));
        }
    }

    private void TakeInNewSensors(long now)
    {
        var fresh = _selection.TakeNew().Select(series => NewColumn(series, now)).ToList();
        if (fresh.Count > 0)
        {
            lock (_gate)
            {
                _columns = _columns.AddRange(fresh);
            }
        }
    }

    private ChannelColumn NewColumn(SensorSeries series, long now)
    {
        var reduction = _key.BucketTicks > 0 ? _reductions.Rent(series, _key.BucketTicks) : null;
        reduction?.Cover(Volatile.Read(ref _span), now, _encoder.Scratch);
        return new ChannelColumn(series, reduction);
    }

    private long Placed()
    {
        long placed = 0;
        foreach (var column in _columns)
        {
            placed += column.Disorder;
        }

        return placed;
    }

    private bool NeedsRefill()
    {
        var isDue = Elapsed >= _nextRefill;
        foreach (var column in _columns)
        {
            if (column.Reduction is { } reduction
                && ((isDue && column.Series.Disorder != column.Disorder) || (column.IsNamed && column.Position < reduction.SortedTo)))
            {
                return true;
            }
        }

        return false;
    }

    private void Sort(long now, long[] ends)
    {
        var begun = Elapsed;
        for (var i = 0; i < ends.Length; i++)
        {
            var column = _columns[i];
            column.Disorder = column.Series.Disorder;
            column.Reduction!.Sort(now, _encoder.Scratch);
            ends[i] = column.Advance(now, _encoder.Scratch);
        }

        // Where putting a long window in order takes long, it is not all that the server does.
        _nextRefill = Elapsed + Math.Max(BetweenRefills, 20 * (Elapsed - begun));
    }

    private void WriteNews(ChannelColumn column, ref long end, long now, bool isSilent)
    {
        // What was settled and is reckoned anew may be settled less far; nothing given is taken back.
        end = Math.Max(end, column.IsNamed ? column.Position : 1);
        var isStale = column.Series.IsStale(now);
        var told = column.Series.Next;
        if (!isSilent && (end > column.Position || told != column.Told || isStale != column.IsStale || !column.IsNamed))
        {
            var marks = (isStale ? ColumnMarks.Stale : ColumnMarks.None)
                | (column.IsNamed ? ColumnMarks.Continues : ColumnMarks.Named);
            do
            {
                column.Position = _encoder.Write(column, column.Position, end, long.MinValue, marks, now);
                marks |= ColumnMarks.Continues;
                if (_writer.Length >= LongestFrame)
                {
                    _parts.Add(_writer.Finish(_log.Epoch, now, isRefill: false));
                }
            }
            while (column.Position < end);
        }

        column.Position = end;
        column.Told = told;
        column.IsStale = isStale;
        column.IsNamed = true;
    }

    /// <summary>Wakes the readers, for a frame or to look whether they are still wanted.</summary>
    private void Signal(SharedFrame? frame)
    {
        TaskCompletionSource next;
        lock (_gate)
        {
            if (frame is not null)
            {
                _newest.ForgetFills();
                _newest = frame;
                _recent[frame.Number % _recent.Length] = frame;
            }

            next = _next;
            _next = NewSignal();
        }

        next.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
