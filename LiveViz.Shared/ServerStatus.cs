using System.Runtime.Serialization;

namespace LiveViz;

/// <summary>How a LiveViz server is doing.</summary>
[DataContract]
public sealed record ServerStatus
{
    /// <summary>The server's version.</summary>
    [DataMember(Name = "version")]
    public required string Version { get; init; }

    /// <summary>Which life of the server this is; another one after a restart.</summary>
    [DataMember(Name = "epoch")]
    public required long Epoch { get; init; }

    /// <summary>The server's clock, UTC.</summary>
    [DataMember(Name = "time")]
    public required DateTime Time { get; init; }

    /// <summary>How many sensors it knows.</summary>
    [DataMember(Name = "sensors")]
    public required int Sensors { get; init; }

    /// <summary>How many clients are connected to its hub.</summary>
    [DataMember(Name = "clients")]
    public required int Clients { get; init; }

    /// <summary>How many samples it has taken in since it started.</summary>
    [DataMember(Name = "appended")]
    public required long Appended { get; init; }

    /// <summary>How the caller is connected, such as "WebSockets" or "LongPolling".</summary>
    [DataMember(Name = "transport")]
    public string Transport { get; init; } = "";

    /// <summary>How the storing of samples is doing.</summary>
    [DataMember(Name = "history")]
    public HistoryStatus? History { get; init; }
}
