using System.Text.Json.Serialization;

namespace LiveViz;

/// <summary>What the historian is doing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HistoryState>))]
public enum HistoryState
{
    /// <summary>Nothing is stored: so the configuration wants it.</summary>
    Off,

    /// <summary>The store is being opened.</summary>
    Starting,

    /// <summary>Samples are stored as they come.</summary>
    Storing,

    /// <summary>Nothing can be stored; it is tried again every second.</summary>
    Failing,
}
