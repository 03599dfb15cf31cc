namespace LiveViz;

/// <summary>The newest sample of a sensor, and when the server received it.</summary>
/// <param name="Timestamp">When it was measured, UTC.</param>
/// <param name="Value">The measurement; null where there is none.</param>
/// <param name="Quality">How far it can be trusted.</param>
/// <param name="Received">When it arrived at the server, UTC by the server's clock.</param>
public sealed record LatestSample(DateTime Timestamp, double? Value, Quality Quality, DateTime Received);
