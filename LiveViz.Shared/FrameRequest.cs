using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace LiveViz;

/// <summary>What a reader of frames wants to be given.</summary>
[DataContract]
public sealed record FrameRequest
{
    /// <summary>
    /// Ids of the sensors; null or empty for every one, also those that appear later. An id that is not known
    /// yet is no error: its samples come once there are any.
    /// </summary>
    [DataMember(Name = "sensorIds")]
    public IReadOnlyList<string>? SensorIds { get; init; }

    /// <summary>How much of the past the first frame brings, in seconds; 0 for none. At most 7 days.</summary>
    [DataMember(Name = "windowSeconds")]
    public double WindowSeconds { get; init; } = 60;

    /// <summary>
    /// Over how many pixels the window is drawn. Where more samples come than that shows, each time bucket brings
    /// first, minimum, maximum and last of its samples, and at most about one sample a pixel. 0 for every sample.
    /// </summary>
    [DataMember(Name = "width")]
    public int Width { get; init; }

    /// <summary>Frames a second at most, 0.1 to 60.</summary>
    [DataMember(Name = "framesPerSecond")]
    public double FramesPerSecond { get; init; } = 20;

    /// <summary>
    /// True for values of 32 bits, where that is fewer bytes: about seven digits. False, the default, for values
    /// as they were measured, bit for bit.
    /// </summary>
    [DataMember(Name = "singlePrecision")]
    public bool SinglePrecision { get; init; }

    /// <summary>
    /// Where an earlier reading of the same sensors broke off, to be given what was missed since, and no refill;
    /// null to begin with the window. Where it cannot be continued, as after a restart, a refill comes all the same.
    /// </summary>
    [DataMember(Name = "resume")]
    public FramePosition? Resume { get; init; }

    /// <summary>How long the time buckets are to which samples are reduced; zero for every sample.</summary>
    [JsonIgnore]
    public TimeSpan Bucket => new(BucketWidth.For((long)(WindowSeconds * TimeSpan.TicksPerSecond), Width));
}
