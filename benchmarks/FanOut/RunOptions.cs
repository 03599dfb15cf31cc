namespace LiveViz.FanOut;

/// <summary>What holds for all scenarios of a comparison.</summary>
internal sealed class RunOptions
{
    /// <summary>The file the table is written to.</summary>
    public string Output { get; set; } = "fan-out.md";
}
