namespace LiveViz.Server.Streaming;

/// <summary>Which of a log's sensors a reader wants, those that appear later included.</summary>
/// <param name="log">The log.</param>
/// <param name="sensorIds">Their ids; null or empty for every one.</param>
internal sealed class SensorSelection(SensorLog log, IReadOnlyCollection<string>? sensorIds)
{
    private readonly HashSet<string>? _wanted = sensorIds is { Count: > 0 } ? [.. sensorIds] : null;
    private int _seen;

    /// <summary>Those that have become known since this was last asked, in the log's order.</summary>
    public IEnumerable<SensorSeries> TakeNew()
    {
        for (var all = log.All; _seen < all.Length;)
        {
            var series = all[_seen++];
            if (_wanted is null || _wanted.Contains(series.Sensor.Id))
            {
                yield return series;
            }
        }
    }
}
