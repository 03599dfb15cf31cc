using LiveViz.Feeds;

namespace LiveViz.Server.Streaming;

/// <summary>Where one reader of frames stands in one sensor's samples, and what it has been told of it.</summary>
internal sealed class SeriesCursor(SensorSeries series, long bucketTicks)
{
    private readonly SampleBuffer _newest = new(1);
    private BucketReducer _reducer = new(bucketTicks);
    private long _next = 1;
    private long _newestTicks = long.MinValue;
    private long _disorder;
    private bool _isNamed;
    private bool _isStale;
    private bool _wasIdle;

    /// <summary>Whether samples have come that belong before some already given.</summary>
    public bool IsOutOfOrder => series.Disorder != _disorder;

    /// <summary>Whether any of its samples ever came out of order, so that a window has to be sorted.</summary>
    public bool HasDisorder => series.Disorder > 0;

    /// <summary>Whether samples are left to read.</summary>
    public bool HasMore => _next < series.Next;

    /// <summary>Goes back to the beginning of a window, to give it anew.</summary>
    public void Rewind(long windowTicks, long nowTicks)
    {
        _reducer = new BucketReducer(bucketTicks);
        _newestTicks = long.MinValue;
        _disorder = series.Disorder;
        _isNamed = false;
        var end = series.Sensor.Recorded ? series.NewestTicks : nowTicks;
        // A recording that has not begun has no newest time to count from.
        From = windowTicks == 0 || end == long.MinValue ? long.MinValue : end - windowTicks;
        _next = windowTicks == 0 ? series.Next : series.Find(From);
    }

    /// <summary>Samples before this time, in ticks, are not given.</summary>
    private long From { get; set; } = long.MinValue;

    /// <summary>Writes a column, where there is news: up to a buffer of samples.</summary>
    public void Write(FrameWriter writer, SampleBuffer input, SampleBuffer output, long nowTicks)
    {
        var first = series.Read(_next, input);
        // What was overwritten before this reader came is left out between two columns, and seen by their numbers.
        var covered = input.Count;
        Reduce(input, output, covered);
        _next = covered > 0 ? first + covered : _next;
        var isStale = series.IsStale(nowTicks);
        if (covered == 0 && output.Count == 0 && _isNamed && isStale == _isStale)
        {
            return;
        }

        var head = Head(first, covered, isStale, output);
        writer.Column(head, output, nowTicks);
        _isNamed = true;
        _isStale = isStale;
    }

    private void Reduce(SampleBuffer input, SampleBuffer output, int covered)
    {
        output.Count = 0;
        for (var i = 0; i < covered; i++)
        {
            // One that came late is drawn with the refill it causes.
            if (input.Ticks[i] >= _newestTicks && input.Ticks[i] >= From)
            {
                _reducer.Add(input.Ticks[i], input.Values[i], input.Marks[i], output);
                _newestTicks = input.Ticks[i];
            }
        }

        // Nothing came for two frames: the bucket's rest must not wait for a sample that may never come.
        if (covered == 0 && _wasIdle && _reducer.IsHolding)
        {
            _reducer.Flush(output);
        }

        _wasIdle = covered == 0;
    }

    private ColumnHead Head(long first, int covered, bool isStale, SampleBuffer output)
    {
        var marks = isStale ? ColumnMarks.Stale : ColumnMarks.None;
        marks |= _isNamed ? ColumnMarks.None : ColumnMarks.Named;
        // By its time and not by its arrival: a sample that came late is not how the sensor stands now.
        series.Read(series.Newest, _newest);
        if (series.Newest == 0 || _newest.Count == 0)
        {
            return new ColumnHead(series.Index, series.Sensor.Id, marks, first, covered, 0, 0, 0, 0);
        }

        marks |= ColumnMarks.HasLatest;
        var last = output.Count - 1;
        if (last >= 0 && output.Ticks[last] == _newest.Ticks[0] && output.Marks[last] == _newest.Marks[0]
            && output.Values[last].Equals(_newest.Values[0]))
        {
            marks |= ColumnMarks.LatestIsLast;
        }

        return new ColumnHead(
            series.Index, series.Sensor.Id, marks, first, covered,
            series.ReceivedTicks, _newest.Ticks[0], _newest.Values[0], _newest.Marks[0]);
    }

    /// <summary>
    /// Writes the whole window in the order of time, for a sensor whose samples came out of order.
    /// </summary>
    public void WriteSorted(FrameWriter writer, SampleBuffer input, SampleBuffer output, long nowTicks)
    {
        var all = new List<(long Ticks, double Value, SampleMarks Marks)>();
        var start = _next;
        var end = series.Next;
        while (_next < end)
        {
            var first = series.Read(_next, input);
            if (first > _next)
            {
                // Overwritten while this was read: what is left begins here, and is told to begin here.
                all.Clear();
                start = first;
            }

            for (var i = 0; i < input.Count; i++)
            {
                if (input.Ticks[i] >= From)
                {
                    all.Add((input.Ticks[i], input.Values[i], input.Marks[i]));
                }
            }

            _next = first + input.Count;
        }

        output.Count = 0;
        foreach (var (ticks, value, marks) in all.OrderBy(s => s.Ticks))
        {
            _reducer.Add(ticks, value, marks, output);
            _newestTicks = ticks;
        }

        _reducer.Flush(output);
        _isStale = series.IsStale(nowTicks);
        writer.Column(Head(start, (int)(_next - start), _isStale, output), output, nowTicks);
        _isNamed = true;
    }
}
