namespace LiveViz.Charts;

/// <summary>A sample in a <see cref="SensorWindow"/>.</summary>
/// <param name="Ticks">When it was measured, in ticks UTC.</param>
/// <param name="Value">In the sensor's unit; NaN where there is none.</param>
/// <param name="IsBroken">Whether no line may lead to it from the one before.</param>
internal readonly record struct WindowPoint(long Ticks, double Value, bool IsBroken)
{
    /// <summary>Whether there is a value.</summary>
    public bool HasValue => !double.IsNaN(Value);
}
