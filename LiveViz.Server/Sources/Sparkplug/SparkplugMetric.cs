namespace LiveViz.Server.Sources.Sparkplug;

/// <summary>A metric as a birth defined it.</summary>
/// <param name="sensorId">The sensor it is; null for one that is not shown.</param>
/// <param name="type">Its data type.</param>
/// <param name="device">Its device; empty for the node itself.</param>
internal sealed class SparkplugMetric(string? sensorId, SparkplugType type, string device)
{
    /// <summary>The sensor it is; null for one that is not shown.</summary>
    public string? SensorId { get; } = sensorId;

    /// <summary>Its data type.</summary>
    public SparkplugType Type { get; } = type;

    /// <summary>Its device; empty for the node itself.</summary>
    public string Device { get; } = device;

    /// <summary>The time of its latest sample.</summary>
    public DateTime Latest { get; set; }
}
