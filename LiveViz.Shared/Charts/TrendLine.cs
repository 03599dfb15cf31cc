namespace LiveViz.Charts;

/// <summary>Tells the trend of a window by the straight line that fits its samples best.</summary>
internal static class TrendLine
{
    // Over less of the window than this a direction is chance.
    private const double LeastShare = 0.25;

    /// <summary>
    /// The trend: what the line rises over the window, where that is more than a tenth of the normal span, or without
    /// one more than half of what the values span.
    /// </summary>
    /// <param name="points">The samples, in order; those without a value do not count.</param>
    /// <param name="sensor">Whose normal span says what is worth saying.</param>
    /// <param name="window">How long the window is.</param>
    public static Trend Of(IEnumerable<WindowPoint> points, Sensor sensor, TimeSpan window)
    {
        var known = points.Where(point => point.HasValue).ToList();
        var span = known.Count < 3 ? 0 : (double)(known[^1].Ticks - known[0].Ticks);
        if (span < LeastShare * window.Ticks)
        {
            return Trend.Unknown;
        }

        // Times from 0 to 1 and values from their mean: ticks squared are too large to be exact.
        var (meanX, meanY) = (known.Average(point => (point.Ticks - known[0].Ticks) / span), known.Average(point => point.Value));
        var (xx, xy) = (0.0, 0.0);
        foreach (var point in known)
        {
            var x = (point.Ticks - known[0].Ticks) / span - meanX;
            xx += x * x;
            xy += x * (point.Value - meanY);
        }

        var rise = xx > 0 ? xy / xx : 0;
        var least = sensor.Normal is { } normal
            ? (normal.High - normal.Low) / 10
            : (known.Max(point => point.Value) - known.Min(point => point.Value)) / 2;
        return Math.Abs(rise) <= least ? Trend.Steady : rise > 0 ? Trend.Rising : Trend.Falling;
    }
}
