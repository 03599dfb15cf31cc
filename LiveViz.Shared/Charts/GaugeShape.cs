namespace LiveViz.Charts;

/// <summary>What the scale of a <see cref="LiveGauge"/> looks like.</summary>
public enum GaugeShape
{
    /// <summary>Three quarters of a circle, the value in its middle.</summary>
    Arc,

    /// <summary>A straight line, the value above it: low, for many under each other.</summary>
    Linear,
}
