using System.Runtime.Serialization;

namespace LiveViz;

/// <summary>What is known of a sensor besides its samples.</summary>
[DataContract]
public sealed record Sensor
{
    private readonly string? _name;

    /// <summary>The id its samples carry, unique on the server.</summary>
    [DataMember(Name = "id")]
    public required string Id { get; init; }

    /// <summary>What people call it; the id where nothing better is known.</summary>
    [DataMember(Name = "name")]
    public string Name
    {
        get => string.IsNullOrEmpty(_name) ? Id : _name;
        init => _name = value;
    }

    /// <summary>The unit of its values as it is written, such as "°C"; empty where it has none or none is known.</summary>
    [DataMember(Name = "unit")]
    public string Unit { get; init; } = "";

    /// <summary>The area of the plant it belongs to.</summary>
    [DataMember(Name = "group")]
    public string Group { get; init; } = "";

    /// <summary>The name of the source that delivers it, stamped by the server.</summary>
    [DataMember(Name = "source")]
    public string Source { get; init; } = "";

    /// <summary>What the instrument can measure, in <see cref="Unit"/>.</summary>
    [DataMember(Name = "range")]
    public ValueRange? Range { get; init; }

    /// <summary>Where its values lie when all is well, in <see cref="Unit"/>.</summary>
    [DataMember(Name = "normal")]
    public ValueRange? Normal { get; init; }

    /// <summary>The smallest step worth showing, in <see cref="Unit"/>: 0.1 shows one decimal.</summary>
    [DataMember(Name = "resolution")]
    public double? Resolution { get; init; }

    /// <summary>
    /// After how long without a sample it counts as stale. Null: five times the interval at which its samples
    /// have been coming, and no less than the server's <c>LiveViz:StaleAfter</c>.
    /// </summary>
    [DataMember(Name = "staleAfter")]
    public TimeSpan? StaleAfter { get; init; }

    /// <summary>
    /// True where the timestamps are those of a recording and not of now. Charts then follow the newest
    /// timestamp instead of the clock, and its age is counted from when a sample arrived.
    /// </summary>
    [DataMember(Name = "recorded")]
    public bool Recorded { get; init; }

    /// <summary>
    /// The id of the sensor of which this one is what the instrument said, before it was scaled, clamped or thinned out;
    /// null for every other. It is not on the overview and asks for nobody's attention: the sensor itself does.
    /// </summary>
    [DataMember(Name = "rawOf")]
    public string? RawOf { get; init; }
}
