namespace LiveViz.Server.Streaming;

/// <summary>
/// One sensor's samples reduced to one width of time buckets, for as far back as any reader wants them: computed once
/// as they come, and copied out by all who draw at that width.
/// </summary>
internal sealed class SeriesReduction(SensorSeries series, long bucketTicks)
{
    private readonly Lock _gate = new();
    private readonly PointBuffer _points = new(64);
    private readonly LeftOutRuns _leftOut = new();
    private BucketReducer _reducer = new(bucketTicks);
    private long _span;
    private long _from;
    private long _read;
    private long _start;
    private long _settled;
    private long _newestTicks;
    private long _disorder;
    private long _now;

    // Up to here points stand in the order of time and not of arrival, and cannot be found by sequence.
    private int _sorted;
    private long _sortedTo;

    /// <summary>
    /// Whoever has been given samples only up to before this sequence cannot go on from there: samples that came
    /// late were put in their place since.
    /// </summary>
    public long SortedTo => Volatile.Read(ref _sortedTo);

    /// <summary>Sees to it that points reach back over <paramref name="span"/> ticks.</summary>
    public void Cover(long span, long now, SampleBuffer scratch)
    {
        lock (_gate)
        {
            if (span > _span)
            {
                _span = span;
                Build(now, scratch);
            }
        }
    }

    /// <summary>Puts samples that came late in their place, where any did since this was last done.</summary>
    public void Sort(long now, SampleBuffer scratch)
    {
        lock (_gate)
        {
            if (series.Disorder != _disorder)
            {
                Build(now, scratch);
            }
        }
    }

    /// <summary>Takes in what has come.</summary>
    /// <returns>The sequence up to before which points are final; the rest waits for the end of its bucket.</returns>
    public long Advance(long now, SampleBuffer scratch)
    {
        lock (_gate)
        {
            var before = _read;
            _now = now;
            TakeIn(scratch);
            // A sensor that stops within a bucket must not keep the bucket's rest to itself.
            if (_read == before && _reducer.IsHolding && now - series.ReceivedTicks >= bucketTicks)
            {
                _reducer.Flush(_points);
                _settled = _read;
            }

            Trim(now);
            return _settled;
        }
    }

    /// <summary>Copies points out.</summary>
    /// <param name="from">The first sequence wanted; null for all of the window.</param>
    /// <param name="until">The sequence to stop before.</param>
    /// <param name="notBefore">The least time wanted, in ticks.</param>
    /// <param name="into">Where they are added.</param>
    public ReducedSlice Copy(long? from, long until, long notBefore, PointBuffer into)
    {
        lock (_gate)
        {
            var first = from is { } wanted ? Math.Max(wanted, Math.Min(_start, until)) : until;
            for (var i = from is null ? 0 : Find(first); i < _points.Count; i++)
            {
                var sequence = _points.Sequences[i];
                if (sequence >= until)
                {
                    continue;
                }

                if (_points.Ticks[i] >= notBefore)
                {
                    into.Add(_points, i);
                    first = from is null ? Math.Min(first, sequence) : first;
                }
                else if (from is not null)
                {
                    first = sequence + 1;
                }
            }

            return new ReducedSlice(first, _leftOut.CountIn(first, until));
        }
    }

    private void Build(long now, SampleBuffer scratch)
    {
        _points.Clear();
        _leftOut.Clear();
        _reducer = new BucketReducer(bucketTicks);
        _newestTicks = long.MinValue;
        var isSorted = _sortedTo > 0 && _disorder == series.Disorder;
        _disorder = series.Disorder;
        _now = now;
        _from = series.WindowStart(_span, now);
        _read = _start = _settled = series.Find(_from);
        _sorted = 0;
        if (_disorder > 0)
        {
            // Where nothing has come late since it was last sorted, whoever has gone on from there still can.
            BuildSorted(scratch, isSorted ? _sortedTo : long.MaxValue);
        }
        else
        {
            TakeIn(scratch);
        }
    }

    private void BuildSorted(SampleBuffer scratch, long sortedTo)
    {
        var all = new List<(long Ticks, double Value, SampleMarks Marks, long Sequence)>();
        for (var end = series.Next; _read < end;)
        {
            var first = series.Read(_read, scratch);
            if (first > _read)
            {
                _leftOut.Add(_read, first);
            }

            for (var i = 0; i < scratch.Count; i++)
            {
                if (scratch.Ticks[i] >= _from)
                {
                    all.Add((scratch.Ticks[i], scratch.Values[i], scratch.Marks[i], first + i));
                }
            }

            _read = first + scratch.Count;
        }

        foreach (var (ticks, value, marks, sequence) in all.OrderBy(sample => sample.Ticks))
        {
            _reducer.Add(ticks, value, marks, sequence, _points);
            _newestTicks = ticks;
        }

        _reducer.Flush(_points);
        _start = all.Count > 0 ? all[0].Sequence : _read;
        _settled = _read;
        sortedTo = Math.Min(sortedTo, _read);
        _sorted = _points.Count;
        while (_sorted > 0 && _points.Sequences[_sorted - 1] >= sortedTo)
        {
            _sorted--;
        }

        Volatile.Write(ref _sortedTo, sortedTo);
    }

    private void TakeIn(SampleBuffer scratch)
    {
        while (true)
        {
            var first = series.Read(_read, scratch);
            if (scratch.Count == 0)
            {
                return;
            }

            if (first > _read)
            {
                _reducer.Flush(_points);
                _leftOut.Add(_read, first);
                scratch.Marks[0] |= SampleMarks.GapBefore;
            }

            for (var i = 0; i < scratch.Count; i++)
            {
                TakeIn(scratch, i, first + i);
            }

            _read = first + scratch.Count;
        }
    }

    private void TakeIn(SampleBuffer scratch, int i, long sequence)
    {
        var ticks = scratch.Ticks[i];
        var isLate = ticks < _newestTicks && _newestTicks <= _now + SensorSeries.ClocksDiffer;
        if (isLate || ticks < _from)
        {
            if (_points.Count == 0 && !_reducer.IsHolding)
            {
                // Before all there is: the window begins behind it.
                _start = sequence + 1;
            }

            _leftOut.Add(sequence, sequence + 1);
        }
        else
        {
            var count = _points.Count;
            _reducer.Add(ticks, scratch.Values[i], scratch.Marks[i], sequence, _points);
            _newestTicks = ticks;
            _settled = _points.Count > count ? _points.Sequences[^1] + 1 : _settled;
        }

        _settled = _reducer.IsHolding ? _settled : sequence + 1;
    }

    /// <summary>Drops points older than any window, now and then, when they are half of all.</summary>
    private void Trim(long now)
    {
        var limit = series.WindowStart(_span, now);
        if (_points.Count < 2 || _points.Ticks[_points.Count / 2] >= limit)
        {
            return;
        }

        var old = _points.Count / 2;
        while (old < _points.Count && _points.Ticks[old] < limit)
        {
            old++;
        }

        _start = Math.Max(_start, _points.Sequences[old - 1] + 1);
        _points.DropFirst(old);
        _sorted = Math.Max(0, _sorted - old);
    }

    /// <summary>The first point, among those in the order of arrival, from a sequence on.</summary>
    private int Find(long sequence)
    {
        var found = _points.Sequences[_sorted..].BinarySearch(sequence);
        return _sorted + (found >= 0 ? found : ~found);
    }
}
