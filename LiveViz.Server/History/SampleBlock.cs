namespace LiveViz.Server.History;

/// <summary>A run of one sensor's samples as it is stored. A sensor's blocks do not overlap.</summary>
/// <param name="Sensor">The sensor's number in the store.</param>
/// <param name="First">The time of its first sample, in ticks.</param>
/// <param name="Last">The time of its last sample, in ticks.</param>
/// <param name="Count">How many samples it holds.</param>
/// <param name="Data">The samples, as <see cref="SampleCodec"/> writes them.</param>
internal sealed record SampleBlock(int Sensor, long First, long Last, int Count, byte[] Data)
{
    /// <summary>How many samples a block is filled with: large enough that what a row costs is little beside them.</summary>
    public const int Size = 512;

    public static SampleBlock Of(int sensor, Samples samples) =>
        new(sensor, samples.First, samples.Last, samples.Count, SampleCodec.Block(samples));

    public Samples Read() => SampleCodec.Read(Data);
}
