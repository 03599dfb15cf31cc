namespace LiveViz.Charts;

/// <summary>What is drawn at once: the arguments of one call of ExtendTraces, and how the view moves.</summary>
/// <param name="IsRefill">True where what is drawn is to be cleared first.</param>
/// <param name="Indices">The traces that grow.</param>
/// <param name="X">For each of them, times in milliseconds since 1970 UTC.</param>
/// <param name="Y">For each of them, values; null breaks the line.</param>
/// <param name="NowMilliseconds">The right end of the view.</param>
/// <param name="HasTip">
/// For each of <paramref name="Indices"/>, whether its last point stands for now only: the newest sample, that is
/// taken away again when the next batch brings what the reduction makes of it.
/// </param>
/// <param name="Stale">For each sensor of the chart, whether it is stale.</param>
/// <param name="Bands">
/// Time buckets that stand for more samples than are drawn, as <see cref="SensorBand.Take"/> writes them, numbers of 64 bits.
/// </param>
public sealed record ChartBatch(
    bool IsRefill,
    IReadOnlyList<int> Indices,
    IReadOnlyList<object[]> X,
    IReadOnlyList<object?[]> Y,
    IReadOnlyList<bool> HasTip,
    double NowMilliseconds,
    IReadOnlyList<bool> Stale,
    byte[] Bands);
