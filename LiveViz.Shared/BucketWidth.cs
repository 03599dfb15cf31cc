namespace LiveViz;

/// <summary>
/// Widths of time buckets: 1, 2 or 5 times a power of ten milliseconds up to 50 s, then whole minutes, hours and days,
/// as history keeps them. On a ladder that all share, and counted from absolute time, the same samples fall into the
/// same bucket whoever looks and whenever, so a reduced curve keeps its shape while it moves.
/// </summary>
public static class BucketWidth
{
    /// <summary>The most points that a bucket is drawn with: first, minimum, maximum, last.</summary>
    public const int PointsPerBucket = 4;

    private const int LeastCoarser = 4;

    private static readonly long NarrowestCoarse = 100 * TimeSpan.TicksPerMillisecond;

    private static readonly long[] Ladder =
    [
        .. Steps(TimeSpan.TicksPerMillisecond, 1, 2, 5, 10, 20, 50, 100, 200, 500),
        .. Steps(TimeSpan.TicksPerSecond, 1, 2, 5, 10, 20, 50),
        .. Steps(TimeSpan.TicksPerMinute, 1, 2, 5, 10, 20, 30),
        .. Steps(TimeSpan.TicksPerHour, 1, 2, 6, 12),
        .. Steps(TimeSpan.TicksPerDay, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000),
    ];

    /// <summary>The narrowest width, in ticks, with which a window is drawn in no more points than pixels.</summary>
    /// <param name="windowTicks">The window, in ticks.</param>
    /// <param name="pixels">How wide it is drawn; 0 for no reduction, which gives 0.</param>
    public static long For(long windowTicks, int pixels)
    {
        if (pixels <= 0 || windowTicks <= 0)
        {
            return 0;
        }

        var least = (double)windowTicks * PointsPerBucket / pixels;
        return Array.Find(Ladder, width => width >= least) is var found and > 0 ? found : Ladder[^1];
    }

    /// <summary>
    /// The next width, in ticks, for who cannot keep up with <paramref name="bucketTicks"/>: four to six times as wide,
    /// and a whole number of the narrower ones, so that going from one to the other loses no extreme.
    /// </summary>
    public static long Coarser(long bucketTicks) =>
        bucketTicks == 0 ? NarrowestCoarse
        : Array.Find(Ladder, width => width >= LeastCoarser * bucketTicks && width % bucketTicks == 0) is var found and > 0 ? found
        : bucketTicks;

    private static IEnumerable<long> Steps(long unit, params int[] counts) => counts.Select(count => count * unit);
}
