namespace LiveViz;

/// <summary>
/// Widths of time buckets: 1, 2 or 5 times a power of ten milliseconds. On a ladder that all share, and counted
/// from absolute time, the same samples fall into the same bucket whoever looks and whenever, so a reduced curve
/// keeps its shape while it moves.
/// </summary>
public static class BucketWidth
{
    /// <summary>The most points that a bucket is drawn with: first, minimum, maximum, last.</summary>
    public const int PointsPerBucket = 4;

    private static readonly long NarrowestCoarse = 100 * TimeSpan.TicksPerMillisecond;

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
        for (var decade = TimeSpan.TicksPerMillisecond; ; decade *= 10)
        {
            foreach (var step in (ReadOnlySpan<int>)[1, 2, 5])
            {
                if (decade * step >= least)
                {
                    return decade * step;
                }
            }
        }
    }

    /// <summary>
    /// The next width, in ticks, for who cannot keep up with <paramref name="bucketTicks"/>: four or five times as
    /// wide, and a whole number of the narrower ones, so that going from one to the other loses no extreme.
    /// </summary>
    public static long Coarser(long bucketTicks)
    {
        if (bucketTicks == 0)
        {
            return NarrowestCoarse;
        }

        // 1 → 5 and 2 → 10 are five of them; 5 → 20 is four.
        var digit = bucketTicks / TimeSpan.TicksPerMillisecond;
        while (digit % 10 == 0 && digit > 0)
        {
            digit /= 10;
        }

        return bucketTicks * (digit == 5 ? 4 : 5);
    }
}
