using System.Runtime.InteropServices;

namespace LiveViz.Server.History;

/// <summary>
/// How one sensor's samples come into the store: what stands in the journal waits here, until it is put into blocks in
/// the order of time, together with the rollups that it changes. For the thread that writes; what may be called on
/// others says so.
/// </summary>
internal sealed class SensorArchive(int number)
{
    // Blocks that late samples made larger are cut when they are so large.
    private const int LargestBlock = 2 * SampleBlock.Size;

    // No block reaches over a longer one: how far apart its samples are is told by its ends and their number.
    private const long LongestPause = TimeSpan.TicksPerHour;

    private readonly Lock _gate = new();
    private SampleList _waiting = new();
    private Samples _settling = Samples.None;
    private int _taken;
    private long _stored = long.MinValue;
    private OpenRollups? _open;
    private bool _isRead;

    /// <summary>The sensor's number in the store.</summary>
    public int Number => number;

    /// <summary>What the store was told of it.</summary>
    public Sensor? Told { get; set; }

    /// <summary>The sequence that is to be stored next.</summary>
    public long Next { get; set; } = 1;

    /// <summary>How many samples wait, those counted in that could not be put into blocks.</summary>
    public int Waiting => _waiting.Count + _taken;

    /// <summary>
    /// From when to when samples may stand in the journal, in ticks. Read again after a power cut they would take the place
    /// of what was put into blocks past it.
    /// </summary>
    public (long First, long Last) Journaled { get; private set; } = (long.MaxValue, long.MinValue);

    /// <summary>Nothing stands in the journal any more.</summary>
    public void LeaveJournal() => Journaled = (long.MaxValue, long.MinValue);

    /// <summary>Samples stand in the journal.</summary>
    public void Add(SampleList samples)
    {
        Journal(samples.Ticks);
        lock (_gate)
        {
            _waiting.Add(samples);
        }
    }

    /// <summary>Samples were found in the journal.</summary>
    public void Add(Samples samples)
    {
        Journal(samples.Ticks);
        Import(samples);
    }

    /// <summary>Samples that do not stand in the journal are to be put into blocks.</summary>
    public void Import(Samples samples)
    {
        lock (_gate)
        {
            _waiting.Add(samples);
        }
    }

    /// <summary>Reads up to when samples are stored in blocks.</summary>
    public void Begin(HistorySession store)
    {
        if (!_isRead)
        {
            var last = store.BlockAt(number, long.MaxValue)?.Last ?? long.MinValue;
            lock (_gate)
            {
                _stored = last;
            }

            _isRead = true;
        }
    }

    /// <summary>
    /// The samples that stand in the journal and not yet in blocks, in the order of time, and the time up to which
    /// blocks reach, in ticks. On any thread.
    /// </summary>
    public (Samples Waiting, long Stored) Peek()
    {
        lock (_gate)
        {
            return (Samples.Merge(_settling, _waiting.ToSamples()), _stored);
        }
    }

    /// <summary>Puts what waits into blocks, and mends the rollups. To be followed by <see cref="Settled"/> or <see cref="NotSettled"/>.</summary>
    /// <returns>How many samples waited for it, those counted in that another of the same time took the place of.</returns>
    public int Settle(HistorySession store)
    {
        Begin(store);
        lock (_gate)
        {
            _settling = Samples.Merge(_settling, _waiting.ToSamples());
            _taken += _waiting.Count;
            _waiting = new SampleList();
        }

        if (_settling.Count == 0)
        {
            return 0;
        }

        var late = _settling.Slice(0, _stored == long.MinValue ? 0 : _settling.IndexOf(_stored + 1));
        var newer = _settling.Slice(late.Count, _settling.Count);
        if (late.Count > 0)
        {
            var (runs, fresh) = Place(late, store);
            MendRollups(late, runs, fresh, store);
            // To be read anew: it may hold what has changed.
            _open = null;
        }

        _open ??= _stored == long.MinValue ? new OpenRollups(number) : new OpenRollups(store, number, _stored);
        if (newer.Count > 0)
        {
            Append(newer, store);
            _open.Add(newer, store);
        }

        return _taken;
    }

    /// <summary>What was put into blocks is committed.</summary>
    public void Settled()
    {
        lock (_gate)
        {
            _stored = _settling.Count > 0 ? Math.Max(_stored, _settling.Last) : _stored;
            _settling = Samples.None;
            _taken = 0;
        }
    }

    /// <summary>What was put into blocks could not be committed: it waits again.</summary>
    public void NotSettled() => _open = null;

    private void Journal(ReadOnlySpan<long> ticks)
    {
        foreach (var at in ticks)
        {
            Journaled = (Math.Min(Journaled.First, at), Math.Max(Journaled.Last, at));
        }
    }

    private void Append(Samples newer, HistorySession store)
    {
        var last = _stored == long.MinValue ? null : store.BlockAt(number, long.MaxValue);
        Write(last?.Count < SampleBlock.Size ? Samples.Merge(last.Read(), newer) : newer, store);
    }

    /// <summary>Puts samples that came late into the blocks in whose time they lie.</summary>
    /// <returns>How many of them follow one another so that few others lie between; and which of them took no other's place.</returns>
    private (List<int> Runs, bool[] Fresh) Place(Samples late, HistorySession store)
    {
        var (runs, fresh) = (new List<int>(), new bool[late.Count]);
        for (var at = 0; at < late.Count;)
        {
            var there = store.BlockAt(number, late.Ticks[at])?.Read() ?? Samples.None;
            var end = late.IndexOf(store.NextBlock(number, late.Ticks[at]));
            var placed = late.Slice(at, end);
            Write(Samples.Merge(there, placed), store);
            runs.AddRange(WithoutPauses(placed).Select(run => run.Count));
            for (; at < end; at++)
            {
                fresh[at] = !there.Holds(late.Ticks[at]);
            }
        }

        return (runs, fresh);
    }

    private void Write(Samples samples, HistorySession store)
    {
        foreach (var run in WithoutPauses(samples))
        {
            var size = run.Count > SampleBlock.Size && run.Count <= LargestBlock && samples.First <= _stored ? LargestBlock : SampleBlock.Size;
            for (var at = 0; at < run.Count; at += size)
            {
                store.Write(SampleBlock.Of(number, run.Slice(at, Math.Min(run.Count, at + size))));
            }
        }
    }

    private static IEnumerable<Samples> WithoutPauses(Samples samples)
    {
        for (var from = 0; from < samples.Count;)
        {
            var until = from + 1;
            while (until < samples.Count && samples.Ticks[until] - samples.Ticks[until - 1] <= LongestPause)
            {
                until++;
            }

            yield return samples.Slice(from, until);
            from = until;
        }
    }

    private void MendRollups(Samples late, List<int> runs, bool[] fresh, HistorySession store)
    {
        var reader = new BucketReader(store, number);
        for (var level = 1; level < RollupLevel.Count; level++)
        {
            var (from, until) = (0, 0);
            foreach (var count in runs)
            {
                until += count;
                // A bucket is mended once, with all that came for it.
                if (until == late.Count || late.Ticks[until - 1] / RollupLevel.Width(level) != late.Ticks[until] / RollupLevel.Width(level))
                {
                    Mend(level, late.Slice(from, until), fresh.AsSpan(from, until - from), reader, store);
                    from = until;
                }
            }
        }
    }

    /// <summary>Makes the rollups of the buckets anew in which late samples lie; all that lies between these is read once.</summary>
    private void Mend(int level, Samples late, ReadOnlySpan<bool> fresh, BucketReader reader, HistorySession store)
    {
        var width = RollupLevel.Width(level);
        // Of the bucket that is not over nothing is stored.
        var end = _stored / width;
        var buckets = new List<(long Bucket, Rollup Fresh)>();
        for (var i = 0; i < late.Count && late.Ticks[i] / width < end; i++)
        {
            var bucket = late.Ticks[i] / width;
            if (buckets.Count == 0 || buckets[^1].Bucket != bucket)
            {
                buckets.Add((bucket, default));
            }

            if (fresh[i])
            {
                CollectionsMarshal.AsSpan(buckets)[^1].Fresh.Add(Rollup.Of(late.Ticks[i], late.Values[i], late.Marks[i]));
            }
        }

        if (buckets.Count == 0)
        {
            return;
        }

        var (first, last) = (buckets[0].Bucket, buckets[^1].Bucket);
        var before = store.Rollups(number, level, first, last + 1).ToDictionary(stored => stored.Bucket, stored => stored.Rollup);
        buckets.ForEach(bucket => store.DropRollups(number, level, bucket.Bucket, bucket.Bucket + 1));

        var (at, rollup) = (0, default(Rollup));
        foreach (var piece in reader.Read(level - 1, first * width, (last + 1) * width))
        {
            var bucket = piece.FirstTicks / width;
            while (buckets[at].Bucket < bucket)
            {
                Write();
            }

            if (buckets[at].Bucket == bucket)
            {
                rollup.Add(piece);
            }
        }

        Write();

        void Write()
        {
            var (bucket, added) = buckets[at++];
            var known = before.GetValueOrDefault(bucket);
            // Fewer than were there: the others have been forgotten since, and the rollup is what is left of them.
            if (rollup.Total - added.Total < known.Total)
            {
                known.TakeIn(rollup, added);
                rollup = known;
            }

            OpenRollups.Write(store, new StoredRollup(number, level, bucket, rollup));
            rollup = default;
        }
    }
}
