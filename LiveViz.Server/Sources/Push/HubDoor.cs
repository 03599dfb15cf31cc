using LiveViz.Server.History;
using LiveViz.Server.Processing;
using LiveViz.Server.Streaming;

namespace LiveViz.Server.Sources.Push;

/// <summary>What programs publish over the hub, at <c>/hubs/sensors</c>.</summary>
internal sealed class HubDoor(SensorLog log, Historian historian, TimeProvider time, ILogger<HubDoor> logger, SensorProcessing? processing = null)
    : PushedSource("Hub", log, historian, time, logger, processing)
{
    /// <inheritdoc/>
    public override PushOptions NewOptions() => new();
}
