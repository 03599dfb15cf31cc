namespace LiveViz.Server.Processing;

/// <summary>
/// Exception reporting: passes on the samples that say something new. As with PI's ExcDev and ExcMax and OPC UA's
/// AbsoluteDeadband, a value does that differs by more than an amount from the one passed on last; as with PI, the sample
/// before it is passed on along with it, so that a step stays a step and becomes no slope.
/// </summary>
/// <param name="amount">The amount, in the sensor's unit.</param>
/// <param name="maximumInterval">After how long a sample is passed on whatever its value, in ticks.</param>
internal sealed class Deadband(double amount, long maximumInterval)
{
    private (long Ticks, double Value, Quality Quality)? _passed;
    private (long Ticks, double Value, Quality Quality)? _held;

    /// <summary>Takes the next sample that is not late.</summary>
    /// <param name="ticks">Its time.</param>
    /// <param name="value">Its value; NaN where it has none.</param>
    /// <param name="quality">Its quality.</param>
    /// <param name="hasGapBefore">Whether something is missing before it.</param>
    /// <param name="before">The sample to be passed on before it; null where there is none.</param>
    /// <returns>Whether it is passed on.</returns>
    public bool Passes(long ticks, double value, Quality quality, bool hasGapBefore, out (long Ticks, double Value, Quality Quality)? before)
    {
        before = null;
        if (_passed is { } passed && ticks >= passed.Ticks)
        {
            var isNews = hasGapBefore
                || quality != passed.Quality
                || double.IsNaN(value) != double.IsNaN(passed.Value)
                || Math.Abs(value - passed.Value) > amount;
            if (!isNews && ticks - passed.Ticks < maximumInterval)
            {
                _held = (ticks, value, quality);
                return false;
            }

            // What only time has brought is on the line that is there.
            before = isNews ? _held : null;
        }

        _passed = (ticks, value, quality);
        _held = null;
        return true;
    }
}
