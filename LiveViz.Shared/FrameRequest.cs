using System.Runtime.Serialization;

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
}
