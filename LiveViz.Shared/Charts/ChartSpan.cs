namespace LiveViz.Charts;

/// <summary>A span of time that charts show while they are held.</summary>
/// <param name="From">Where it begins, UTC.</param>
/// <param name="To">Where it ends, UTC.</param>
public sealed record ChartSpan(DateTime From, DateTime To)
{
    /// <summary>How long it is.</summary>
    public TimeSpan Length => To - From;
}
