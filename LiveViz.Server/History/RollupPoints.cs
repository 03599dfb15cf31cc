using LiveViz.Server.Streaming;

namespace LiveViz.Server.History;

/// <summary>Rollups as the points that draw them: first, lowest, highest and last of each, in the order in which they were measured.</summary>
internal static class RollupPoints
{
    /// <summary>Adds the points of buckets.</summary>
    /// <returns>How many samples they stand for: the points are numbered among these.</returns>
    public static long Add(IEnumerable<Rollup> buckets, PointBuffer points)
    {
        var count = 0L;
        foreach (var bucket in buckets)
        {
            Add(bucket, count, points);
            count += bucket.Total;
        }

        return count;
    }

    private static void Add(in Rollup bucket, long before, PointBuffer points)
    {
        var end = before + bucket.Total;
        if (bucket.Count > 0)
        {
            AddValues(bucket, before, points);
        }

        if (bucket.Count == 0 || (bucket.Breaks & RollupBreaks.After) != 0)
        {
            // No line may lead on from here.
            points.Add(bucket.LastTicks, double.NaN, (SampleMarks)Quality.Bad, end);
        }
    }

    private static void AddValues(in Rollup bucket, long before, PointBuffer points)
    {
        var (early, late) = bucket.LowTicks <= bucket.HighTicks
            ? ((bucket.LowTicks, bucket.Low), (bucket.HighTicks, bucket.High))
            : ((bucket.HighTicks, bucket.High), (bucket.LowTicks, bucket.Low));
        // After its last value comes one that is missing: when the last value was measured is then not kept.
        var lastTicks = (bucket.Breaks & RollupBreaks.After) != 0 ? Math.Max(late.Item1, bucket.FirstTicks) : bucket.LastTicks;
        var marks = (SampleMarks)bucket.Worst;
        var broken = (bucket.Breaks & RollupBreaks.Inside) != 0 ? SampleMarks.GapBefore : SampleMarks.None;
        var sequence = before + 1;
        var at = bucket.FirstTicks;
        points.Add(at, bucket.First, marks | ((bucket.Breaks & RollupBreaks.Before) != 0 ? SampleMarks.GapBefore : SampleMarks.None), sequence);
        foreach (var (ticks, value) in (ReadOnlySpan<(long, double)>)[early, late, (lastTicks, bucket.Last)])
        {
            if (ticks > at)
            {
                points.Add(ticks, value, marks | broken, ++sequence);
                broken = SampleMarks.None;
                at = ticks;
            }
        }
    }
}
