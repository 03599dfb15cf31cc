namespace LiveViz.Server.Streaming;

/// <summary>One sensor of a channel, and what its readers have been told of it.</summary>
/// <param name="series">The sensor's samples.</param>
/// <param name="reduction">Where they are reduced; null where every sample is given.</param>
internal sealed class ChannelColumn(SensorSeries series, SeriesReduction? reduction)
{
    public SensorSeries Series { get; } = series;

    public SeriesReduction? Reduction { get; } = reduction;

    /// <summary>The sequence up to before which samples have been given.</summary>
    public long Position { get; set; } = 1;

    /// <summary>The sequence up to which the newest sample was told, given or waiting for the end of its bucket.</summary>
    public long Told { get; set; }

    /// <summary>Whether its number has been given a name.</summary>
    public bool IsNamed { get; set; }

    /// <summary>Whether it was last said to be stale.</summary>
    public bool IsStale { get; set; }

    /// <summary>How many late samples have been put in their place for the readers.</summary>
    public long Disorder { get; set; } = series.Disorder;

    /// <summary>Up to where samples can be given now.</summary>
    public long Advance(long now, SampleBuffer scratch) => Reduction?.Advance(now, scratch) ?? Series.Next;
}
