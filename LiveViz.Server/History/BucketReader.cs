namespace LiveViz.Server.History;

/// <summary>
/// Reads a sensor's stored past from the coarsest rollups that show it: where a bucket has no rollup, as one of few
/// samples or one that is not over, finer ones tell, and at last the samples.
/// </summary>
internal sealed class BucketReader(HistorySession store, int sensor)
{
    // Memory for so many at once, however many there are.
    private const int BlocksAtOnce = 64;

    /// <summary>What is stored from one time on and before another, in the order of time, as pieces no wider than buckets of a level.</summary>
    public IEnumerable<Rollup> Read(int level, long from, long until)
    {
        if (from >= until)
        {
            return [];
        }

        return level == 0 ? Samples(from, until) : Level(level, from, until);
    }

    /// <summary>The samples stored from one time on and before another.</summary>
    public IEnumerable<Samples> Blocks(long from, long until)
    {
        while (from < until)
        {
            var blocks = store.Blocks(sensor, from, until, BlocksAtOnce);
            foreach (var block in blocks)
            {
                var samples = block.Read().Between(from, until);
                if (samples.Count > 0)
                {
                    yield return samples;
                }
            }

            if (blocks.Count < BlocksAtOnce)
            {
                yield break;
            }

            from = blocks[^1].Last + 1;
        }
    }

    private IEnumerable<Rollup> Level(int level, long from, long until)
    {
        var width = RollupLevel.Width(level);
        var (first, end) = ((from + width - 1) / width, until / width);
        if (first >= end)
        {
            return Read(level - 1, from, until);
        }

        return Between(level, from, until, store.Rollups(sensor, level, first, end));
    }

    private IEnumerable<Rollup> Between(int level, long from, long until, List<StoredRollup> stored)
    {
        var at = from;
        foreach (var next in stored)
        {
            foreach (var finer in Read(level - 1, at, next.From))
            {
                yield return finer;
            }

            yield return next.Rollup;
            at = next.Until;
        }

        foreach (var finer in Read(level - 1, at, until))
        {
            yield return finer;
        }
    }

    private IEnumerable<Rollup> Samples(long from, long until)
    {
        foreach (var samples in Blocks(from, until))
        {
            for (var i = 0; i < samples.Count; i++)
            {
                yield return Rollup.Of(samples.Ticks[i], samples.Values[i], samples.Marks[i]);
            }
        }
    }
}
