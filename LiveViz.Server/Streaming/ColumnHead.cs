using LiveViz.Feeds;

namespace LiveViz.Server.Streaming;

/// <summary>What a column says besides its points. Times are ticks (100 ns) UTC.</summary>
internal readonly record struct ColumnHead(int Index, string Id)
{
    /// <summary>What follows. The writer itself tells whether times are those of the column before.</summary>
    public ColumnMarks Marks { get; init; }

    /// <summary>The first sequence it speaks for.</summary>
    public long First { get; init; }

    /// <summary>How many it speaks for.</summary>
    public long Covered { get; init; }

    /// <summary>How many of these came too late.</summary>
    public long Late { get; init; }

    /// <summary>How many before <see cref="First"/> are not given.</summary>
    public long Missed { get; init; }

    /// <summary>Why they are not.</summary>
    public GapReason Reason { get; init; }

    /// <summary>When the newest sample arrived, by the server's clock.</summary>
    public long ReceivedTicks { get; init; }

    /// <summary>The newest sample's time.</summary>
    public long LatestTicks { get; init; }

    /// <summary>The newest sample's value.</summary>
    public double LatestValue { get; init; }

    /// <summary>What is said of the newest sample.</summary>
    public SampleMarks LatestMarks { get; init; }
}
