using System.Runtime.Serialization;

namespace LiveViz;

/// <summary>A sample, or a line of text, that a server did not take.</summary>
/// <param name="Number">Which it was of those sent together, counted from 1.</param>
/// <param name="Problem">Why, in words.</param>
[DataContract]
public sealed record PublishRejection(
    [property: DataMember(Name = "number")] long Number,
    [property: DataMember(Name = "problem")] string Problem);
