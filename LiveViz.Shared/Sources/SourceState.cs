using System.Text.Json.Serialization;

namespace LiveViz.Sources;

/// <summary>What a source is doing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SourceState>))]
public enum SourceState
{
    /// <summary>Started, and no sample has come yet.</summary>
    Waiting,

    /// <summary>Delivering samples.</summary>
    Running,

    /// <summary>It threw, or ended when it should not; it is started again at <see cref="SourceStatus.RetryAt"/>.</summary>
    Failed,

    /// <summary>It has delivered all it had, as it was meant to.</summary>
    Completed,
}
