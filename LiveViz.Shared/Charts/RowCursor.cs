namespace LiveViz.Charts;

/// <summary>
/// What the keyboard points at: a sensor and a time, so that it stays with what it points at while the window moves on.
/// </summary>
internal sealed class RowCursor
{
    private long _at;

    /// <summary>The sensor; null while nothing is pointed at.</summary>
    public string? SensorId { get; private set; }

    /// <summary>Points at the newest piece of a row.</summary>
    public void Enter(FeedRow row) => (SensorId, _at) = (row.Sensor.Id, long.MaxValue);

    /// <summary>Points at nothing.</summary>
    public void Leave() => SensorId = null;

    /// <summary>Moves within a row: arrows by a piece, Home to the oldest, End to the newest.</summary>
    public void Move(FeedRow row, string key)
    {
        if (row.Marks.Count == 0)
        {
            return;
        }

        var i = IndexIn(row);
        var to = key switch
        {
            "ArrowLeft" => Math.Max(0, i - 1),
            "ArrowRight" => Math.Min(row.Marks.Count - 1, i + 1),
            "Home" => 0,
            "End" => row.Marks.Count - 1,
            _ => i,
        };
        // At the end it stays at the end: there it tells what is new.
        _at = to == row.Marks.Count - 1 ? long.MaxValue : row.Marks[to].Start;
    }

    /// <summary>The piece pointed at; null where that is in another row, or nowhere.</summary>
    public RowMark? In(FeedRow row) => SensorId == row.Sensor.Id && row.Marks.Count > 0 ? row.Marks[IndexIn(row)] : null;

    private int IndexIn(FeedRow row)
    {
        for (var i = row.Marks.Count - 1; i > 0; i--)
        {
            if (row.Marks[i].Start <= _at)
            {
                return i;
            }
        }

        return 0;
    }
}
