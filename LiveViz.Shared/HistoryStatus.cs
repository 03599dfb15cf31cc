using System.Runtime.Serialization;

namespace LiveViz;

/// <summary>How the historian is doing: what an operator sees of it.</summary>
[DataContract]
public sealed record HistoryStatus
{
    /// <summary>What it is doing.</summary>
    [DataMember(Name = "state")]
    public required HistoryState State { get; init; }

    /// <summary>Why, in words for an operator; empty while it stores.</summary>
    [DataMember(Name = "reason")]
    public string Reason { get; init; } = "";

    /// <summary>Whether there is no room.</summary>
    [DataMember(Name = "isFull")]
    public bool IsFull { get; init; }

    /// <summary>Since when it has been in this state, UTC.</summary>
    [DataMember(Name = "since")]
    public required DateTime Since { get; init; }

    /// <summary>Samples stored since the server started.</summary>
    [DataMember(Name = "stored")]
    public long Stored { get; init; }

    /// <summary>Samples that had to make room in memory before they could be stored.</summary>
    [DataMember(Name = "lost")]
    public long Lost { get; init; }

    /// <summary>How large the store is, in bytes; null where that is not known.</summary>
    [DataMember(Name = "bytes")]
    public long? Bytes { get; init; }
}
