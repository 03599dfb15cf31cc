namespace LiveViz.Server.Processing;

/// <summary>
/// The time-weighted average of a sensor over the time up to each of its samples: the area under the line that a chart
/// draws, by the time that the line covers (OPC 10000-13, TimeAverage2: sloped interpolation, simple bounding values).
/// Where the line is broken, by a sample without a value or by a gap, that time does not count.
/// </summary>
/// <param name="span">Over how long, in ticks.</param>
internal sealed class MovingAverage(long span)
{
    private readonly SlidingWindow _window = new(span);
    private long _lastTicks = long.MinValue;
    private long _lastDoubt = long.MinValue;

    /// <summary>Takes the next sample that is not late.</summary>
    /// <returns>
    /// The average at its time: NaN and Bad where no value is known in the whole window, uncertain where a part of it is
    /// missing or not good.
    /// </returns>
    public (double Value, Quality Quality) Next(long ticks, double value, Quality quality, bool hasGapBefore)
    {
        if (ticks < _lastTicks)
        {
            // A clock that was ahead has been put right.
            _window.Clear();
            _lastDoubt = long.MinValue;
        }

        _lastTicks = ticks;
        var hasValue = quality != Quality.Bad && double.IsFinite(value);
        if (hasGapBefore || !hasValue)
        {
            _window.Break();
        }

        if (hasGapBefore || quality != Quality.Good)
        {
            _lastDoubt = ticks;
        }

        if (hasValue)
        {
            _window.Add(ticks, value);
        }
        else
        {
            _window.MoveTo(ticks);
        }

        var mean = _window.Mean(ticks);
        mean = double.IsNaN(mean) && hasValue ? value : mean;
        return !double.IsFinite(mean) ? (double.NaN, Quality.Bad)
            : (mean, _lastDoubt > ticks - span ? Quality.Uncertain : Quality.Good);
    }
}
