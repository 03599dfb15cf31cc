namespace LiveViz.Charts;

/// <summary>Where a sensor is heading over a window.</summary>
internal enum Trend
{
    /// <summary>Not enough samples to say.</summary>
    Unknown,

    /// <summary>Downwards.</summary>
    Falling,

    /// <summary>Neither, or less than is worth saying.</summary>
    Steady,

    /// <summary>Upwards.</summary>
    Rising,
}
