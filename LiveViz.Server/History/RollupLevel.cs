namespace LiveViz.Server.History;

/// <summary>The widths of the time buckets of which rollups are kept, counted from absolute time. Level 0 is the samples themselves.</summary>
internal static class RollupLevel
{
    /// <summary>Of so few samples nothing is kept: they are as quickly read.</summary>
    public const int FewSamples = BucketWidth.PointsPerBucket;

    private static readonly long[] Ticks =
    [
        0, TimeSpan.TicksPerSecond, 10 * TimeSpan.TicksPerSecond, TimeSpan.TicksPerMinute, TimeSpan.TicksPerHour,
    ];

    /// <summary>How many levels there are, with that of the samples.</summary>
    public static int Count => Ticks.Length;

    /// <summary>How wide its buckets are, in ticks.</summary>
    public static long Width(int level) => Ticks[level];

    /// <summary>The coarsest level from which buckets of a width can be put together.</summary>
    public static int For(long bucketTicks)
    {
        for (var level = Count - 1; level > 0; level--)
        {
            if (bucketTicks >= Ticks[level] && bucketTicks % Ticks[level] == 0)
            {
                return level;
            }
        }

        return 0;
    }
}
