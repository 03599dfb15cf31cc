namespace LiveViz.Charts;

/// <summary>The newest points of a chart, to be painted until plotly draws them.</summary>
/// <param name="NowMilliseconds">The right end of the view, in milliseconds since 1970 UTC.</param>
/// <param name="Points">As <see cref="ChartTraces.TakeEdge"/> says, numbers of 64 bits.</param>
/// <param name="Bands">
/// Time buckets that stand for more samples than are drawn, as <see cref="SensorBand.Take"/> writes them, numbers of 64 bits.
/// </param>
/// <param name="IsWanted">
/// Whether plotly is to draw soon: a line has opened or goes on, or a sensor has become stale or is no longer, which
/// painting cannot show.
/// </param>
/// <param name="Newest">When the newest sample of the newest frame was where; null where it had none.</param>
public sealed record ChartEdge(double NowMilliseconds, byte[] Points, byte[] Bands, bool IsWanted, SampleAge? Newest);
