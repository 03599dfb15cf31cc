namespace LiveViz.Server.Processing;

/// <summary>
/// How fast a sensor changes: its value less that of a span before, by the span. The value of a span before is on the
/// straight line between the samples around that time, as a chart draws it.
/// </summary>
/// <param name="span">Over how long, in ticks.</param>
/// <param name="per">In what time the change is told.</param>
internal sealed class RateOfChange(long span, RateUnit per)
{
    private readonly SlidingWindow _window = new(span);
    private readonly double _factor = (int)per * (double)TimeSpan.TicksPerSecond / span;
    private long _lastTicks = long.MinValue;
    private long _lastDoubt = long.MinValue;

    /// <summary>Takes the next sample that is not late.</summary>
    /// <returns>
    /// The rate at its time, uncertain where a sample of the span is; NaN and Bad for a sample without a value; null
    /// where the line does not reach back over the span, as in the beginning and after a gap.
    /// </returns>
    public (double Value, Quality Quality)? Next(long ticks, double value, Quality quality, bool hasGapBefore)
    {
        var hasValue = quality != Quality.Bad && double.IsFinite(value);
        if (hasGapBefore || !hasValue || ticks < _lastTicks)
        {
            _window.Clear();
            _lastDoubt = long.MinValue;
        }

        _lastTicks = ticks;
        if (!hasValue)
        {
            return (double.NaN, Quality.Bad);
        }

        _lastDoubt = quality == Quality.Good ? _lastDoubt : ticks;
        _window.Add(ticks, value);
        if (_window.ValueAtBegin(ticks) is not { } before)
        {
            return null;
        }

        var rate = (value - before) * _factor;
        return !double.IsFinite(rate) ? (double.NaN, Quality.Bad)
            : (rate, _lastDoubt >= ticks - span ? Quality.Uncertain : Quality.Good);
    }
}
