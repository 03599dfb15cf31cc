using LiveViz.Feeds;

namespace LiveViz.Server.Streaming;

/// <summary>What a column says besides its points. Times are ticks (100 ns) UTC.</summary>
internal readonly record struct ColumnHead(
    int Index,
    string Id,
    ColumnMarks Marks,
    long First,
    long Covered,
    long ReceivedTicks,
    long LatestTicks,
    double LatestValue,
    SampleMarks LatestMarks);
