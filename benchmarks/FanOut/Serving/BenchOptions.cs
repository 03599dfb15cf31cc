using LiveViz.Sources;

namespace LiveViz.FanOut.Serving;

/// <summary>What the source of the comparison yields.</summary>
internal sealed class BenchOptions : SourceOptions
{
    public int Sensors { get; set; } = 100;

    /// <summary>Samples a second of each sensor.</summary>
    public double Rate { get; set; } = 100;

    /// <summary>Whether values are rounded to a hundredth.</summary>
    public bool Round { get; set; }

    /// <summary>How many seconds of the past it yields before it follows the clock.</summary>
    public double History { get; set; }
}
