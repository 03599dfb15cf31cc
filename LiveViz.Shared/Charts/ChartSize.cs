namespace LiveViz.Charts;

/// <summary>What the browser says of a chart.</summary>
/// <param name="Width">Width of the plot within its axes, in CSS pixels.</param>
/// <param name="UtcOffsetMinutes">How far the viewer's clock is ahead of UTC, in minutes.</param>
internal sealed record ChartSize(int Width, int UtcOffsetMinutes);
