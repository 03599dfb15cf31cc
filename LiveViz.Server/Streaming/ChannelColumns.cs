using System.Collections.Immutable;
using System.Numerics;
using LiveViz.Feeds;

namespace LiveViz.Server.Streaming;

/// <summary>The sensors of a channel, and the writing of what is new of them.</summary>
internal sealed class ChannelColumns
{
    // Above this a frame is given as several, so that no reader is handed more than it can take in one gulp.
    internal const int LongestFrame = 256 * 1024;

    // 32,768 pixels, in buckets of four: no request asks for more.
    private const long MostBuckets = 32_768 / BucketWidth.PointsPerBucket;

    // Out-of-order samples cost a refill of the window, so a sensor that sends many is not redrawn for each.
    private static readonly long BetweenRefills = 2 * TimeSpan.TicksPerSecond;

    private readonly FrameKey _key;
    private readonly SensorLog _log;
    private readonly SeriesReductions _reductions;
    private readonly TimeProvider _time;
    private readonly SensorSelection _selection;
    private readonly FrameWriter _writer;
    private readonly ColumnEncoder _encoder;
    private readonly List<byte[]> _parts = [];
    private readonly Lock _gate = new();
    private ImmutableArray<ChannelColumn> _columns = [];
    private long _nextRefill;
    private long _span;

    public ChannelColumns(FrameKey key, SensorLog log, SeriesReductions reductions, TimeProvider time)
    {
        _key = key;
        _log = log;
        _reductions = reductions;
        _time = time;
        _selection = new SensorSelection(log, key.SensorIds);
        _writer = new FrameWriter(key.BucketTicks, key.Single);
        _encoder = new ColumnEncoder(_writer);
    }

    /// <summary>Every sensor, in the log's order.</summary>
    public ImmutableArray<ChannelColumn> All
    {
        get
        {
            lock (_gate)
            {
                return _columns;
            }
        }
    }

    private long Elapsed => _time.GetElapsedTime(0).Ticks;

    /// <summary>Sees to it that a reader finds what it looks back for.</summary>
    /// <param name="window">How far back the reader looks, in ticks.</param>
    /// <param name="now">The server's clock, in ticks.</param>
    public void Cover(long window, long now)
    {
        var span = SpanFor(window);
        if (span <= _span)
        {
            return;
        }

        Volatile.Write(ref _span, span);
        var scratch = new SampleBuffer(LogBlock.Size);
        foreach (var column in All)
        {
            column.Reduction?.Cover(span, now, scratch);
        }
    }

    /// <summary>What is new since this was last asked.</summary>
    public ChannelNews Take(long now, bool isFirst)
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

        if (_writer.Count > 0)
        {
            _parts.Add(_writer.Finish(_log.Epoch, now, isRefill: false));
        }

        return new ChannelNews([.. _parts], ends, isFirst, isRefill, Placed(), _encoder.Account);
    }

    /// <summary>A frame that says that there is no news.</summary>
    public byte[] Nothing(long now) => _writer.Finish(_log.Epoch, now, isRefill: false);

    /// <summary>Gives back what was rented.</summary>
    public void Return()
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
        var seconds = (long)BitOperations.RoundUpToPowerOf2((ulong)(window / TimeSpan.TicksPerSecond + 1));
        return Math.Min(seconds * TimeSpan.TicksPerSecond, Math.Max(_key.BucketTicks, 1) * 2 * MostBuckets);
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
}
