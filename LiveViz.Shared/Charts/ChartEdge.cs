namespace LiveViz.Charts;

/// <summary>The newest points of a chart, to be painted until plotly draws them.</summary>
/// <param name="NowMilliseconds">The right end of the view, in milliseconds since 1970 UTC.</param>
/// <param name="Points">As <see cref="ChartTraces.TakeEdge"/> says, numbers of 64 bits.</param>
public sealed record ChartEdge(double NowMilliseconds, byte[] Points);
