using System.Runtime.Serialization;

namespace LiveViz;

/// <summary>A closed interval of values in a sensor's unit.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, not below <paramref name="Low"/>.</param>
[DataContract]
public sealed record ValueRange(
    [property: DataMember(Name = "low")] double Low,
    [property: DataMember(Name = "high")] double High);
