namespace LiveViz.FanOut;

/// <summary>What holds for all scenarios of a comparison.</summary>
internal sealed class RunOptions
{
    /// <summary>The file the table is written to.</summary>
    public string Output { get; set; } = "fan-out.md";

    /// <summary>
    /// Whether the server's limits are raised for the comparison, which connects more from one address than any
    /// plant does. To be true by default once the server has limits.
    /// </summary>
    public bool RaiseLimits { get; set; }
}
