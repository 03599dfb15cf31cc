namespace LiveViz.Server.History;

/// <summary>
/// The rollups of one sensor's newest buckets, that are not over yet: of each level one. They are not stored: until a
/// bucket is over, finer rollups and samples tell of it.
/// </summary>
internal sealed class OpenRollups
{
    private readonly int _sensor;
    private readonly Rollup[] _open = new Rollup[RollupLevel.Count];
    private readonly long[] _buckets = new long[RollupLevel.Count];

    /// <summary>Of a sensor of which nothing is stored.</summary>
    public OpenRollups(int sensor)
    {
        _sensor = sensor;
        Array.Fill(_buckets, long.MinValue);
    }

    /// <summary>Of a sensor of which samples are stored up to and with a time.</summary>
    public OpenRollups(HistorySession store, int sensor, long last)
    {
        _sensor = sensor;
        var reader = new BucketReader(store, sensor);
        var until = last + 1;
        for (var level = 1; level < _open.Length; level++)
        {
            _buckets[level] = last / RollupLevel.Width(level);
            var from = _buckets[level] * RollupLevel.Width(level);
            // What is in the open bucket of the level below is counted when that is over.
            foreach (var piece in reader.Read(level - 1, from, until))
            {
                _open[level].Add(piece);
            }

            until = from;
        }
    }

    /// <summary>Takes in samples, newer than all before, and stores the rollups of buckets that are over by them.</summary>
    public void Add(Samples samples, HistorySession store)
    {
        for (var i = 0; i < samples.Count; i++)
        {
            MoveTo(samples.Ticks[i], store);
            _open[1].Add(Rollup.Of(samples.Ticks[i], samples.Values[i], samples.Marks[i]));
        }
    }

    private void MoveTo(long ticks, HistorySession store)
    {
        for (var level = 1; level < _open.Length; level++)
        {
            var bucket = ticks / RollupLevel.Width(level);
            if (bucket == _buckets[level])
            {
                return;
            }

            var over = _open[level];
            if (over.Total > 0)
            {
                Write(store, new StoredRollup(_sensor, level, _buckets[level], over));
                if (level + 1 < _open.Length)
                {
                    _open[level + 1].Add(over);
                }
            }

            _open[level] = default;
            _buckets[level] = bucket;
        }
    }

    /// <summary>Stores a rollup, unless its samples are as quickly read.</summary>
    public static void Write(HistorySession store, StoredRollup stored)
    {
        if (stored.Rollup.Total > RollupLevel.FewSamples)
        {
            store.Write(stored);
        }
    }
}
