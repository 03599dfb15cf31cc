namespace LiveViz;

/// <summary>The news of one sensor in a <see cref="Frame"/>.</summary>
public sealed record FrameColumn
{
    /// <summary>The sensor.</summary>
    public required string SensorId { get; init; }

    /// <summary>The sensor's number in the server's life: its name in a <see cref="FramePosition"/>.</summary>
    public required long Number { get; init; }

    /// <summary>The sequence of the first sample the column speaks for.</summary>
    public required long First { get; init; }

    /// <summary>
    /// How many samples it speaks for, those reduced away included: the next column of this sensor begins at
    /// <see cref="First"/> + this, unless it states a <see cref="Gap"/>.
    /// </summary>
    public required long Covered { get; init; }

    /// <summary>
    /// How many of them came too late to be in their place, and are not in this column; a refill that has them
    /// follows. Always 0 where every sample was asked for.
    /// </summary>
    public long Late { get; init; }

    /// <summary>The samples before <see cref="First"/> that are not given; null where none are left out.</summary>
    public SampleGap? Gap { get; init; }

    /// <summary>
    /// Timestamps in ticks (100 ns) UTC; ascending, except that where every sample was asked for they come in the
    /// order of arrival. As long as the three columns below.
    /// </summary>
    public required long[] Ticks { get; init; }

    /// <summary>Values in the sensor's unit; NaN where there is none.</summary>
    public required double[] Values { get; init; }

    /// <summary>What is said of each sample.</summary>
    public required SampleMarks[] Marks { get; init; }

    /// <summary>
    /// The samples' sequences. Where one is more than one above that before it, the samples between are reduced into
    /// these two: none of them was lower or higher than what the bucket's points show. Those of samples that a feed has put
    /// in from history are below <see cref="First"/>, and may be negative.
    /// </summary>
    public required long[] Sequences { get; init; }

    /// <summary>The sensor's newest sample, whether drawn or reduced away; null where there has been none.</summary>
    public required LatestSample? Latest { get; init; }

    /// <summary>True where nothing has come for longer than is usual for this sensor.</summary>
    public required bool IsStale { get; init; }
}
