using System.Runtime.Serialization;

namespace LiveViz;

/// <summary>What became of samples sent to a server: each was stored, or refused for good.</summary>
[DataContract]
public sealed record PublishResult
{
    /// <summary>How many are stored.</summary>
    [DataMember(Name = "stored")]
    public required long Stored { get; init; }

    /// <summary>How many were refused, and will be however often they are sent.</summary>
    [DataMember(Name = "refused")]
    public required long Refused { get; init; }

    /// <summary>Which of them, and why: the first 20.</summary>
    [DataMember(Name = "rejections")]
    public IReadOnlyList<PublishRejection> Rejections { get; init; } = [];
}
