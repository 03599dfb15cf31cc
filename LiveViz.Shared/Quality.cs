using System.Text.Json.Serialization;

namespace LiveViz;

/// <summary>How far a sample can be trusted, as in OPC UA.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Quality>))]
public enum Quality : byte
{
    /// <summary>The value is what the instrument measured.</summary>
    Good = 0,

    /// <summary>The value may be off: a sensor out of calibration, a substituted or estimated value.</summary>
    Uncertain = 1,

    /// <summary>The value must not be used, or there is none.</summary>
    Bad = 2,
}
