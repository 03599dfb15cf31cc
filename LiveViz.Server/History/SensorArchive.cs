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
    private long _stored = long.MinValue;
    private OpenRollups? _open;
    private bool _isRead;

    /// <summary>The sensor's number in the store.</summary>
    public int Number => number;

    /// <summary>What the store was told of it.</summary>
    public Sensor? Told { get; set; }

    /// <summary>The sequence that is to be stored next.</summary>
    public long Next { get; set; } = 1;

    /// <summary>How many samples wait.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Samples stand in the journal.</summary>
    public void Add(SampleList samples)
    {
        lock (_gate)
        {
            _waiting.Add(samples);
        }
    }

    /// <summary>Samples were found in the journal.</summary>
    public void Add(Samples samples)
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
    /// <returns>How many samples it put there.</returns>
    public int Settle(HistorySession store)
    {
        Begin(store);
        lock (_gate)
        {
            _settling = Samples.Merge(_settling, _waiting.ToSamples());
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
            Place(late, store);
            MendRollups(late, store);
            // To be read anew: it may hold what has changed.
            _open = null;
        }

        _open ??= _stored == long.MinValue ? new OpenRollups(number) : new OpenRollups(store, number, _stored);
        if (newer.Count > 0)
        {
            Append(newer, store);
            _open.Add(newer, store);
        }

        return _settling.Count;
    }

    /// <summary>What was put into blocks is committed.</summary>
    public void Settled()
    {
        lock (_gate)
        {
            _stored = _settling.Count > 0 ? Math.Max(_stored, _settling.Last) : _stored;
            _settling = Samples.None;
        }
    }

    /// <summary>What was put into blocks could not be committed: it waits again.</summary>
    public void NotSettled() => _open = null;

    private void Append(Samples newer, HistorySession store)
    {
        var last = _stored == long.MinValue ? null : store.BlockAt(number, long.MaxValue);
        Write(last?.Count < SampleBlock.Size ? Samples.Merge(last.Read(), newer) : newer, store);
    }

    /// <summary>Puts samples that came late into the blocks in whose time they lie.</summary>
    private void Place(Samples late, HistorySession store)
    {
        for (var at = 0; at < late.Count;)
        {
            var block = store.BlockAt(number, late.Ticks[at]);
            var end = late.IndexOf(store.NextBlock(number, late.Ticks[at]));
            var placed = late.Slice(at, end);
            Write(block is null ? placed : Samples.Merge(block.Read(), placed), store);
            at = end;
        }
    }

    private void Write(Samples samples, HistorySession store)
    {
        for (var from = 0; from < samples.Count;)
        {
            var until = from + 1;
            while (until < samples.Count && samples.Ticks[until] - samples.Ticks[until - 1] <= LongestPause)
            {
                until++;
            }

            var count = until - from;
            var size = count > SampleBlock.Size && count <= LargestBlock && samples.First <= _stored ? LargestBlock : SampleBlock.Size;
            for (; from < until; from += size)
            {
                store.Write(SampleBlock.Of(number, samples.Slice(from, Math.Min(until, from + size))));
            }

            from = until;
        }
    }

    private void MendRollups(Samples late, HistorySession store)
    {
        var reader = new BucketReader(store, number);
        for (var level = 1; level < RollupLevel.Count; level++)
        {
            var width = RollupLevel.Width(level);
            for (var at = 0; at < late.Count;)
            {
                // A run of buckets that follow one another is mended at once.
                var from = late.Ticks[at] / width;
                var until = from;
                while (at < late.Count && late.Ticks[at] / width <= until)
                {
                    until = (late.Ticks[at++] / width) + 1;
                }

                Mend(level, from, until, reader, store);
            }
        }
    }

    private void Mend(int level, long from, long until, BucketReader reader, HistorySession store)
    {
        var width = RollupLevel.Width(level);
        // Of the bucket that is not over nothing is stored.
        until = Math.Min(until, _stored / width);
        store.DropRollups(number, level, from, until);
        var rollup = default(Rollup);
        foreach (var piece in reader.Read(level - 1, from * width, until * width))
        {
            if (rollup.Count + rollup.Missing > 0 && piece.FirstTicks / width != rollup.FirstTicks / width)
            {
                OpenRollups.Write(store, new StoredRollup(number, level, rollup.FirstTicks / width, rollup));
                rollup = default;
            }

            rollup.Add(piece);
        }

        if (rollup.Count + rollup.Missing > 0)
        {
            OpenRollups.Write(store, new StoredRollup(number, level, rollup.FirstTicks / width, rollup));
        }
    }
}
