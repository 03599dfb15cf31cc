using System.Runtime.Serialization;

namespace LiveViz.Sources;

/// <summary>How a source is doing: what an operator sees of it.</summary>
[DataContract]
public sealed record SourceStatus
{
    /// <summary>Its name, from the configuration.</summary>
    [DataMember(Name = "name")]
    public required string Name { get; init; }

    /// <summary>Its type, such as "CsvReplay".</summary>
    [DataMember(Name = "type")]
    public required string Type { get; init; }

    /// <summary>What it is doing.</summary>
    [DataMember(Name = "state")]
    public required SourceState State { get; init; }

    /// <summary>Why, in words for an operator; empty while it runs.</summary>
    [DataMember(Name = "reason")]
    public string Reason { get; init; } = "";

    /// <summary>Since when it has been in this state, UTC.</summary>
    [DataMember(Name = "since")]
    public required DateTime Since { get; init; }

    /// <summary>When it is started again, UTC; null unless it failed.</summary>
    [DataMember(Name = "retryAt")]
    public DateTime? RetryAt { get; init; }

    /// <summary>How often it has been started again.</summary>
    [DataMember(Name = "restarts")]
    public int Restarts { get; init; }

    /// <summary>Samples taken in from it.</summary>
    [DataMember(Name = "accepted")]
    public long Accepted { get; init; }

    /// <summary>Samples sent again, of the same time, value and quality as one that had been taken in; not taken twice.</summary>
    [DataMember(Name = "duplicates")]
    public long Duplicates { get; init; }

    /// <summary>Samples refused at the intake, and inputs it could not make samples of.</summary>
    [DataMember(Name = "rejected")]
    public long Rejected { get; init; }

    /// <summary>Why the last one was refused at the intake; empty if none was.</summary>
    [DataMember(Name = "lastRejection")]
    public string LastRejection { get; init; } = "";
}
