namespace LiveViz.Server.History;

/// <summary>How history is kept, as section <c>LiveViz:History</c> says.</summary>
/// <param name="Options">Where.</param>
/// <param name="Retention">How long.</param>
/// <param name="Sensors">And of whom otherwise.</param>
internal sealed record HistorySettings(HistoryOptions Options, RetentionOptions Retention, IReadOnlyList<SensorRetentionOptions> Sensors)
{
    /// <summary>What forgets what is not to be kept.</summary>
    public Retention NewRetention(TimeProvider time, ILogger logger) => new(Retention, Sensors, time, logger);

    /// <summary>How long each sample of a sensor is kept; null for ever. Of a slow sensor they are kept longer.</summary>
    public TimeSpan? KeepsSamples(string sensorId) => (Sensors.FirstOrDefault(sensor => sensor.Fits(sensorId)) ?? Retention).Of(0);
}
