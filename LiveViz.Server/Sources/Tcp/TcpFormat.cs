namespace LiveViz.Server.Sources.Tcp;

/// <summary>What the lines are that come in over TCP.</summary>
internal enum TcpFormat
{
    /// <summary>InfluxDB line protocol.</summary>
    LineProtocol,

    /// <summary>An object of JSON in each line.</summary>
    Json,
}
