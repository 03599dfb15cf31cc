using LiveViz.Server.Streaming;

namespace LiveViz.Server.Processing;

/// <summary>The sensors that are made of one; each null where it is not.</summary>
/// <param name="Raw">Its samples as they came.</param>
/// <param name="Average">Its average.</param>
/// <param name="Rate">How fast it changes.</param>
internal readonly record struct MadeSensors(SensorSeries? Raw, SensorSeries? Average, SensorSeries? Rate);
