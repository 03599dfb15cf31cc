namespace LiveViz.Charts;

/// <summary>A mark on a time axis.</summary>
/// <param name="Percent">Where, in percent from the left.</param>
/// <param name="Text">The time, by the viewer's clock.</param>
internal sealed record TimeTick(double Percent, string Text);
