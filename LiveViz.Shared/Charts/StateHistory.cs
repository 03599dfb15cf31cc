namespace LiveViz.Charts;

/// <summary>The states of one sensor within a window up to now. A sample's state holds until the next sample.</summary>
internal sealed class StateHistory(Sensor sensor)
{
    // Each change: from this time on, this state.
    private readonly List<(long Ticks, SampleState State)> _changes = [];
    private long _last = long.MinValue;
    private LatestSample? _latest;
    private bool _isBroken;
    private bool _isStale;

    /// <summary>The sensor.</summary>
    public Sensor Sensor => sensor;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _changes.Clear();
        _last = long.MinValue;
        _latest = null;
        _isBroken = _isStale = false;
    }

    /// <summary>Takes in news.</summary>
    public void Add(FrameColumn column)
    {
        _isBroken |= column.Gap is not null;
        for (var i = 0; i < column.Ticks.Length; i++)
        {
            if ((_isBroken || column.Marks[i].HasGapBefore()) && _last != long.MinValue)
            {
                Enter(_last, SampleState.NoData);
            }

            Enter(column.Ticks[i], SampleStates.Of(sensor, column.Values[i], column.Marks[i].Quality()));
            _last = column.Ticks[i];
            _isBroken = false;
        }

        _latest = column.Latest ?? _latest;
        _isStale = column.IsStale;
    }

    /// <summary>Forgets what was over before a time, in ticks.</summary>
    public void DropBefore(long ticks)
    {
        // The one before stays: its state is still that of the window's beginning.
        var first = _changes.FindIndex(change => change.Ticks > ticks);
        _changes.RemoveRange(0, Math.Max(0, (first < 0 ? _changes.Count : first) - 1));
    }

    /// <summary>The window in order and without holes; neighbours differ in their state.</summary>
    /// <param name="from">Where it begins, in ticks.</param>
    /// <param name="to">Where it ends.</param>
    public IReadOnlyList<StateSpan> Spans(long from, long to)
    {
        var spans = new List<StateSpan>();
        var (since, state) = (from, SampleState.NoData);
        foreach (var (ticks, next) in Changes().TakeWhile(change => change.Ticks < to))
        {
            if (next != state)
            {
                Close(ticks);
                state = next;
            }
        }

        Close(to);
        return spans;

        // Of several changes at one time the last counts, and what then did not change is one span.
        void Close(long until)
        {
            if (until <= since)
            {
                return;
            }

            if (spans.Count > 0 && spans[^1].State == state)
            {
                spans[^1] = spans[^1] with { To = until };
            }
            else
            {
                spans.Add(new StateSpan(since, until, state));
            }

            since = until;
        }
    }

    /// <summary>The changes, and how the sensor stands: its newest sample may still wait for its bucket to be over.</summary>
    private IEnumerable<(long Ticks, SampleState State)> Changes()
    {
        foreach (var change in _changes)
        {
            yield return change;
        }

        if (_latest is { } latest)
        {
            var at = Math.Max(latest.Timestamp.Ticks, _last);
            if (latest.Timestamp.Ticks > _last)
            {
                yield return (at, SampleStates.Of(sensor, latest.Value ?? double.NaN, latest.Quality));
            }

            if (_isStale)
            {
                yield return (at, SampleState.NoData);
            }
        }
    }

    private void Enter(long ticks, SampleState state)
    {
        if (_changes.Count == 0 || _changes[^1].State != state)
        {
            _changes.Add((ticks, state));
        }
    }
}
