namespace LiveViz;

/// <summary>The news of one sensor in a <see cref="Frame"/>.</summary>
public sealed record FrameColumn
{
    /// <summary>The sensor.</summary>
    public required string SensorId { get; init; }

    /// <summary>The sequence of the first sample the column speaks for.</summary>
    public required long First { get; init; }

    /// <summary>
    /// How many samples it speaks for, those reduced away and those held back for the next frame included:
    /// the next column of this sensor begins at <see cref="First"/> + this, unless samples were lost between.
    /// </summary>
    public required long Covered { get; init; }

    /// <summary>Timestamps in ticks (100 ns) UTC, ascending. As long as the two columns below.</summary>
    public required long[] Ticks { get; init; }

    /// <summary>Values in the sensor's unit; NaN where there is none.</summary>
    public required double[] Values { get; init; }

    /// <summary>What is said of each sample.</summary>
    public required SampleMarks[] Marks { get; init; }

    /// <summary>The sensor's newest sample, whether drawn or reduced away; null where there has been none.</summary>
    public required LatestSample? Latest { get; init; }

    /// <summary>True where nothing has come for longer than is usual for this sensor.</summary>
    public required bool IsStale { get; init; }
}
