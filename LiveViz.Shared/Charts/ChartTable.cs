namespace LiveViz.Charts;

/// <summary>
/// What a chart shows, in words: of each sensor its newest sample, and the lowest and highest of those it was given since
/// the chart was filled. For who does not see the chart; read when asked for, and not announced at each change.
/// </summary>
internal sealed class ChartTable
{
    private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);

    /// <summary>Takes in a frame.</summary>
    public void Add(Frame frame)
    {
        lock (_rows)
        {
            if (frame.IsRefill)
            {
                _rows.Clear();
            }

            foreach (var column in frame.Columns)
            {
                var row = _rows.GetValueOrDefault(column.SensorId) ?? new Row(double.PositiveInfinity, double.NegativeInfinity, null, false);
                for (var i = 0; i < column.Values.Length; i++)
                {
                    var value = column.Marks[i].Quality() == Quality.Bad ? double.NaN : column.Values[i];
                    row = double.IsNaN(value) ? row : row with { Low = Math.Min(row.Low, value), High = Math.Max(row.High, value) };
                }

                _rows[column.SensorId] = row with { Latest = column.Latest ?? row.Latest, IsStale = column.IsStale };
            }
        }
    }

    /// <summary>The cells of a sensor's row: newest value, its time, state, lowest, highest.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="clock">The viewer's clock.</param>
    public string[] Cells(Sensor sensor, ViewerClock clock)
    {
        Row? row;
        lock (_rows)
        {
            row = _rows.GetValueOrDefault(sensor.Id);
        }

        if (row?.Latest is not { } latest)
        {
            return ["no value", "", "no data yet", "", ""];
        }

        var state = row.IsStale ? "stale" : latest.Quality switch { Quality.Good => "good", Quality.Uncertain => "uncertain", _ => "bad" };
        return
        [
            latest.Value is { } value ? ValueWords.ValueAndUnit(sensor, value) : "no value",
            clock.Time(latest.Timestamp),
            state,
            row.Low <= row.High ? ValueWords.ValueAndUnit(sensor, row.Low) : "",
            row.Low <= row.High ? ValueWords.ValueAndUnit(sensor, row.High) : "",
        ];
    }

    private sealed record Row(double Low, double High, LatestSample? Latest, bool IsStale);
}
