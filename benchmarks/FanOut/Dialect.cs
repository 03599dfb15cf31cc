namespace LiveViz.FanOut;

/// <summary>What a client and its server speak.</summary>
internal enum Dialect
{
    /// <summary>Frames from the hub: SignalR with MessagePack.</summary>
    Hub,

    /// <summary>The same frames without SignalR, each a WebSocket message.</summary>
    Raw,

    /// <summary>Samples one by one from the hub, in MessagePack.</summary>
    Points,

    /// <summary>Samples one by one from the hub, in JSON.</summary>
    PointsJson,

    /// <summary>The Python server: each sample a WebSocket message of JSON.</summary>
    Peer,
}
