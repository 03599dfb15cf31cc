using System.Runtime.Serialization;

namespace LiveViz;

/// <summary>What a reader of frames has been given so far: where a later one goes on.</summary>
[DataContract]
public sealed record FramePosition
{
    /// <summary>Which life of the server the numbers belong to; in another one nothing can be continued.</summary>
    [DataMember(Name = "epoch")]
    public required long Epoch { get; init; }

    /// <summary>Numbers of the sensors, as the frames' columns give them; the same for a whole epoch.</summary>
    [DataMember(Name = "sensors")]
    public required long[] Sensors { get; init; }

    /// <summary>For each of them the sequence of the first sample that the reader does not have.</summary>
    [DataMember(Name = "next")]
    public required long[] Next { get; init; }
}
