using System.Runtime.Serialization;

namespace LiveViz;

/// <summary>What a reader who looks at a span of the past wants to be given, at once and as one frame.</summary>
[DataContract]
public sealed record SpanRequest
{
    /// <summary>Ids of the sensors; null or empty for every one.</summary>
    [DataMember(Name = "sensorIds")]
    public IReadOnlyList<string>? SensorIds { get; init; }

    /// <summary>Where the span begins, UTC.</summary>
    [DataMember(Name = "from")]
    public required DateTime From { get; init; }

    /// <summary>Where it ends, UTC; after <see cref="From"/>.</summary>
    [DataMember(Name = "to")]
    public required DateTime To { get; init; }

    /// <summary>Over how many pixels it is drawn: as in <see cref="FrameRequest.Width"/>. 0 for every sample.</summary>
    [DataMember(Name = "width")]
    public int Width { get; init; }
}
