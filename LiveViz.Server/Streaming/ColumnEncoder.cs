using LiveViz.Feeds;

namespace LiveViz.Server.Streaming;

/// <summary>Writes what a range of one sensor's samples says, as columns of frames.</summary>
internal sealed class ColumnEncoder(FrameWriter writer)
{
    private const int SamplesAtOnce = 4096;

    private readonly PointBuffer _points = new(64);
    private readonly SampleBuffer _newest = new(1);

    /// <summary>
    /// Where samples are read to; of use to others between two columns. Made when first used: what fills a reader from
    /// reductions reads none, and there are as many of those as readers.
    /// </summary>
    public SampleBuffer Scratch => field ??= new SampleBuffer(SamplesAtOnce);

    /// <summary>What was written since it was last set to nothing.</summary>
    public FrameAccount Account { get; set; }

    /// <summary>Writes a column.</summary>
    /// <param name="column">The sensor.</param>
    /// <param name="from">The first sequence that the reader does not have; null where it has none.</param>
    /// <param name="until">The sequence to stop before.</param>
    /// <param name="notBefore">The least time wanted, in ticks.</param>
    /// <param name="marks">Name and staleness, and whether it begins where the one before it ended.</param>
    /// <param name="now">The frame's time.</param>
    /// <returns>The sequence before which it stopped: less than <paramref name="until"/> where that is far off.</returns>
    public long Write(ChannelColumn column, long? from, long until, long notBefore, ColumnMarks marks, long now)
    {
        _points.Clear();
        var (first, end, late) = column.Reduction is { } reduction
            ? Reduced(reduction, from, until, notBefore)
            : All(column.Series, from, until, notBefore);
        var missed = from is { } wanted ? first - wanted : 0;
        // What the log no longer holds is gone whatever the window; what it holds was not asked for.
        var reason = column.Series.Oldest >= first ? GapReason.Overwritten : GapReason.OutsideWindow;
        var head = new ColumnHead(column.Series.Index, column.Series.Sensor.Id)
        {
            Marks = (missed > 0 ? (marks & ~ColumnMarks.Continues) | ColumnMarks.HasGap : marks) | (late > 0 ? ColumnMarks.HasLate : ColumnMarks.None),
            First = first,
            Covered = end - first,
            Late = late,
            Missed = missed,
            Reason = reason,
        };
        writer.Column(WithLatest(head, column.Series), _points, now);
        Account += new FrameAccount(_points.Count, end - first - late - _points.Count, missed + late);
        return end;
    }

    private (long First, long End, long Late) Reduced(SeriesReduction reduction, long? from, long until, long notBefore)
    {
        var slice = reduction.Copy(from, until, notBefore, _points);
        return (slice.First, until, slice.LeftOut);
    }

    private (long First, long End, long Late) All(SensorSeries series, long? from, long until, long notBefore)
    {
        var start = from ?? (notBefore == long.MaxValue ? until : 1);
        if (notBefore is > long.MinValue and < long.MaxValue)
        {
            start = Math.Max(start, Math.Min(until, series.Find(notBefore)));
        }

        var first = Math.Min(series.Read(start, Scratch), until);
        Scratch.Count = (int)Math.Min(Scratch.Count, until - first);
        var end = first + Scratch.Count;
        // A window begins within a block: only what lies before its first sample is passed over.
        var skipped = 0;
        while (notBefore < long.MaxValue && skipped < Scratch.Count && Scratch.Ticks[skipped] < notBefore)
        {
            skipped++;
        }

        _points.Add(Scratch, skipped, first + skipped);
        return (first + skipped, end, 0);
    }

    private ColumnHead WithLatest(in ColumnHead head, SensorSeries series)
    {
        // By its time and not by its arrival: a sample that came late is not how the sensor stands now.
        var newest = series.Newest;
        // Where the log no longer holds it, another is not told in its place.
        if (newest == 0 || series.Read(newest, _newest) != newest || _newest.Count == 0)
        {
            return head;
        }

        var isLast = _points.Count > 0 && _points.Ticks[^1] == _newest.Ticks[0] && _points.Marks[^1] == _newest.Marks[0]
            && _points.Values[^1].Equals(_newest.Values[0]);
        return head with
        {
            Marks = head.Marks | ColumnMarks.HasLatest | (isLast ? ColumnMarks.LatestIsLast : ColumnMarks.None),
            ReceivedTicks = series.ReceivedTicks,
            LatestTicks = _newest.Ticks[0],
            LatestValue = _newest.Values[0],
            LatestMarks = _newest.Marks[0],
        };
    }
}
