namespace LiveViz.Charts;

/// <summary>One sensor's time buckets within a window up to now.</summary>
/// <param name="sensor">The sensor.</param>
/// <param name="cellTicks">How long a bucket is, in ticks: one of <see cref="BucketWidth"/>, so that the server's are the same.</param>
internal sealed class HeatRow(Sensor sensor, long cellTicks)
{
    private readonly List<HeatCell> _cells = [];
    private LatestSample? _latest;
    private bool _isBroken;
    private bool _isStale;

    /// <summary>The sensor.</summary>
    public Sensor Sensor => sensor;

    /// <summary>How it stands.</summary>
    public SampleState State => _latest is null || _isStale
        ? SampleState.NoData
        : SampleStates.Of(sensor, _latest.Value ?? double.NaN, _latest.Quality);

    /// <summary>Its newest value; NaN where it has none now.</summary>
    public double Value => State is SampleState.NoData or SampleState.Bad ? double.NaN : _latest!.Value!.Value;

    /// <summary>The lowest and highest value in the window; null where there is none.</summary>
    public ValueRange? Seen => _cells.Exists(cell => cell.HasValue)
        ? new ValueRange(_cells.Min(cell => cell.Min), _cells.Max(cell => cell.Max))
        : null;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _cells.Clear();
        _latest = null;
        _isBroken = _isStale = false;
    }

    /// <summary>Takes in news.</summary>
    /// <param name="column">The news.</param>
    /// <param name="bucketTicks">How long the server's buckets are, in ticks: longer than a cell where the connection is slow.</param>
    public void Add(FrameColumn column, long bucketTicks)
    {
        var width = Math.Max(cellTicks, bucketTicks);
        _isBroken |= column.Gap is not null;
        for (var i = 0; i < column.Ticks.Length; i++)
        {
            var value = column.Marks[i].Quality() == Quality.Bad ? double.NaN : column.Values[i];
            CellAt(column.Ticks[i], width, !_isBroken && !column.Marks[i].HasGapBefore()).Add(value);
            _isBroken = false;
        }

        // The newest sample may wait for its bucket to be over. It is an extreme or it is not: to take it twice does no harm.
        if (column.Latest is { } latest && (_cells.Count == 0 || latest.Timestamp.Ticks >= _cells[^1].Start))
        {
            CellAt(latest.Timestamp.Ticks, width, !_isBroken).Add(latest.Quality == Quality.Bad ? double.NaN : latest.Value ?? double.NaN);
        }

        _latest = column.Latest ?? _latest;
        _isStale = column.IsStale;
    }

    /// <summary>Forgets what was over before a time, in ticks.</summary>
    public void DropBefore(long ticks) => _cells.RemoveAll(cell => cell.End <= ticks);

    /// <summary>The window in order and without holes.</summary>
    /// <param name="from">Where it begins, in ticks: the beginning of a cell.</param>
    /// <param name="to">Where it ends.</param>
    public IEnumerable<HeatSpan> Spans(long from, long to)
    {
        var at = from;
        HeatCell? before = null;
        foreach (var cell in _cells)
        {
            if (cell.End > from && cell.Start < to)
            {
                foreach (var between in Between(at, cell.Start, cell.IsJoined ? before : null))
                {
                    yield return between;
                }

                var start = Math.Max(at, cell.Start);
                at = Math.Min(to, cell.End);
                yield return new HeatSpan(start, at, cell, IsHeld: false);
            }

            before = cell;
        }

        foreach (var after in Between(at, to, _isStale ? null : before))
        {
            yield return after;
        }
    }

    /// <summary>
    /// Where samples come more seldom than cells, the last one holds until the next: cell by cell, so that what was
    /// there keeps its place when the window moves on. After a break nothing holds, and the hole is one.
    /// </summary>
    private IEnumerable<HeatSpan> Between(long from, long to, HeatCell? held)
    {
        var last = held is null || double.IsNaN(held.Last) ? null : held;
        if (last is null && from < to)
        {
            yield return new HeatSpan(from, to, null, IsHeld: false);
            yield break;
        }

        for (var at = from; at < to; at += cellTicks)
        {
            yield return new HeatSpan(at, Math.Min(to, at + cellTicks), last, IsHeld: true);
        }
    }

    private HeatCell CellAt(long ticks, long width, bool isJoined)
    {
        var i = _cells.FindLastIndex(cell => cell.Start <= ticks);
        if (i >= 0 && ticks < _cells[i].End)
        {
            return _cells[i];
        }

        // A wider cell, where the connection has become slow, takes in the narrower ones that it covers.
        var start = ticks - ticks % width;
        var cell = new HeatCell(start, width, isJoined);
        var covered = _cells.FindIndex(old => old.End > start);
        if (covered >= 0 && _cells[covered].Start < start + width)
        {
            cell = new HeatCell(start, width, _cells[covered].IsJoined);
            while (covered < _cells.Count && _cells[covered].Start < cell.End)
            {
                cell.Absorb(_cells[covered]);
                _cells.RemoveAt(covered);
            }

            _cells.Insert(covered, cell);
            return cell;
        }

        _cells.Insert(i + 1, cell);
        return cell;
    }
}
