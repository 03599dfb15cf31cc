namespace LiveViz.Charts;

/// <summary>The samples of one sensor within a window up to now: what a line is drawn from, and no more.</summary>
/// <param name="sensorId">The sensor.</param>
/// <param name="window">How far back it reaches.</param>
/// <param name="mostPoints">How many points it keeps at most; the oldest go first.</param>
internal sealed class SensorWindow(string sensorId, TimeSpan window, int mostPoints)
{
    private readonly List<WindowPoint> _points = [];
    private WindowPoint? _tip;
    private bool _isBroken;

    /// <summary>The points in order, the newest sample among them.</summary>
    public IEnumerable<WindowPoint> Points => _tip is { } tip ? _points.Append(tip) : _points;

    /// <summary>The lowest and highest value since a time, in ticks; null where there is none.</summary>
    public ValueRange? Extremes(long since)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var point in Points)
        {
            if (point.Ticks >= since && point.HasValue)
            {
                (low, high) = (Math.Min(low, point.Value), Math.Max(high, point.Value));
            }
        }

        return low <= high ? new ValueRange(low, high) : null;
    }

    /// <summary>Takes in a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="now">The right end of the window, in ticks: the server's clock or a recording's.</param>
    public void Take(Frame frame, long now)
    {
        if (frame.IsRefill)
        {
            _points.Clear();
            _tip = null;
            _isBroken = false;
        }

        foreach (var column in frame.Columns)
        {
            if (column.SensorId == sensorId)
            {
                Add(column);
            }
        }

        // One before the window stays: the line comes in from the left.
        var first = now - window.Ticks;
        var old = _points.FindIndex(point => point.Ticks >= first);
        old = (old < 0 ? _points.Count : old) - 1;
        _points.RemoveRange(0, Math.Max(Math.Max(0, old), _points.Count - mostPoints));
    }

    private void Add(FrameColumn column)
    {
        // Samples that were not given: no line may lead over them.
        _isBroken |= column.Gap is not null;
        for (var i = 0; i < column.Ticks.Length; i++)
        {
            // What must not be used is not drawn, whatever number came with it.
            var value = column.Marks[i].Quality() == Quality.Bad ? double.NaN : column.Values[i];
            _points.Add(new WindowPoint(column.Ticks[i], value, _isBroken || column.Marks[i].HasGapBefore()));
            _isBroken = false;
        }

        if (column.Latest is { } latest)
        {
            // The reduction holds samples back until their bucket is over; the line still ends where the sensor stands.
            var value = latest.Quality == Quality.Bad ? double.NaN : latest.Value ?? double.NaN;
            _tip = _points.Count == 0 || latest.Timestamp.Ticks > _points[^1].Ticks
                ? new WindowPoint(latest.Timestamp.Ticks, value, _isBroken)
                : null;
        }
    }
}
