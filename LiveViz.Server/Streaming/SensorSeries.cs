using LiveViz.Server.Processing;

namespace LiveViz.Server.Streaming;

/// <summary>
/// The samples of one sensor that the log still holds, addressed by sequence from 1. Appending is serialised by
/// a lock that readers never take; reading copies, and checks afterwards that nothing was taken away meanwhile.
/// </summary>
public sealed class SensorSeries
{
    // Below a second of silence no line is broken, however fast the sensor: that is jitter, not an outage.
    internal const long ShortestGap = TimeSpan.TicksPerSecond;

    // By how much the clocks of a well-kept plant may differ.
    internal const long ClocksDiffer = 10 * TimeSpan.TicksPerSecond;

    // What arrives closer together was sent together.
    private const long Burst = 20 * TimeSpan.TicksPerMillisecond;

    private readonly SensorLog _log;
    private readonly Lock _append = new();
    private LogBlock?[] _blocks = new LogBlock?[4];
    private long _firstBlock;
    private long _blockCount;
    private LogBlock? _open;
    private long _next = 1;
    private IntervalEstimate _measured;
    private IntervalEstimate _arrival;
    private long _newestTicks = long.MinValue;
    private long _furthestTicks = long.MinValue;
    private long _newest;
    private long _ticksOfNewest = long.MinValue;
    private long _received;
    private long _disorder;
    private Sensor _sensor;

    internal SensorSeries(SensorLog log, Sensor sensor, int index)
    {
        _log = log;
        _sensor = sensor;
        Index = index;
    }

    /// <summary>The sensor, as last described by its source.</summary>
    public Sensor Sensor
    {
        get => Volatile.Read(ref _sensor);
        internal set => Volatile.Write(ref _sensor, value);
    }

    /// <summary>Its number in the log, the same for the whole epoch.</summary>
    public int Index { get; }

    /// <summary>The sequence the next sample will have.</summary>
    public long Next => Volatile.Read(ref _next);

    /// <summary>The oldest sequence still held; equal to <see cref="Next"/> where none is.</summary>
    public long Oldest => Math.Max(1, Math.Min(Next, Volatile.Read(ref _firstBlock) * LogBlock.Size));

    /// <summary>The newest timestamp seen, in ticks; <see cref="long.MinValue"/> before the first sample.</summary>
    public long NewestTicks => Volatile.Read(ref _newestTicks);

    /// <summary>
    /// The sequence of the sample that says how the sensor stands now; 0 before the first. It is the one with the
    /// newest timestamp, which is the last unless that came late; a time ahead of the server's clock does not stay
    /// the newest, or a device whose clock was put right would seem to stand still until that time has come.
    /// </summary>
    public long Newest => Volatile.Read(ref _newest);

    /// <summary>When the last sample arrived, in ticks by the server's clock; 0 before the first.</summary>
    public long ReceivedTicks => Volatile.Read(ref _received);

    /// <summary>How many samples came with a timestamp before that of an earlier one.</summary>
    public long Disorder => Volatile.Read(ref _disorder);

    internal long BlockCount => Volatile.Read(ref _blockCount);

    /// <summary>Whether nothing has come for longer than is usual for this sensor.</summary>
    public bool IsStale(long nowTicks)
    {
        var received = ReceivedTicks;
        return received != 0 && nowTicks - received > StaleAfter;
    }

    private long StaleAfter => Sensor.StaleAfter?.Ticks ?? _arrival.Limit(_log.StaleAfter.Ticks);

    /// <summary>Through which intake its samples come; null before the first, and where the server calculates them.</summary>
    internal Intake? Door { get; set; }

    /// <summary>What is done to its samples on their way; null where they are appended as they come.</summary>
    internal SensorPipeline? Pipeline { get; set; }

    /// <summary>Whether the server itself calculates it, so that no source may deliver it.</summary>
    internal bool IsCalculated { get; set; }

    /// <summary>Takes a sample that has been through the intake the way of its sensor, which ends in the log.</summary>
    internal void Take(long ticks, double value, Quality quality, long receivedTicks)
    {
        if (Pipeline is { } pipeline)
        {
            pipeline.Take(ticks, value, quality, receivedTicks);
        }
        else
        {
            Append(ticks, value, quality, receivedTicks);
        }
    }

    /// <summary>
    /// Whether a sample was taken before: one of the same time, value and quality is held. A sender that was not told that
    /// it had arrived sends it again.
    /// </summary>
    internal bool Knows(long ticks, double value, Quality quality) =>
        Pipeline is { } pipeline ? pipeline.Knows(ticks, value, quality) : Holds(ticks, value, quality);

    /// <summary>Appends a sample that has been through the intake.</summary>
    /// <returns>Its sequence.</returns>
    internal long Append(long ticks, double value, Quality quality, long receivedTicks)
    {
        lock (_append)
        {
            return Store(ticks, value, (SampleMarks)quality | Observe(ticks, receivedTicks), receivedTicks);
        }
    }

    /// <summary>
    /// Notes that a sample came, of which it is not said yet whether it is appended: one held back is no silence, and
    /// leaves no gap.
    /// </summary>
    /// <param name="ticks">Its time.</param>
    /// <param name="receivedTicks">When it came.</param>
    /// <param name="marks">Whether nothing had come for unusually long before it.</param>
    /// <returns>False where it came late, behind others of a later time: then it is not noted, and to be appended as it is.</returns>
    internal bool TryHear(long ticks, long receivedTicks, out SampleMarks marks)
    {
        lock (_append)
        {
            marks = SampleMarks.None;
            if (ticks < _newestTicks && !IsAhead(receivedTicks))
            {
                return false;
            }

            marks = Observe(ticks, receivedTicks);
            return true;
        }
    }

    /// <summary>Appends a sample of which <see cref="TryHear"/> has been told, with what is known of it.</summary>
    /// <returns>Its sequence.</returns>
    internal long AppendHeard(long ticks, double value, SampleMarks marks, long receivedTicks)
    {
        lock (_append)
        {
            return Store(ticks, value, marks, receivedTicks);
        }
    }

    private SampleMarks Observe(long ticks, long receivedTicks)
    {
        var marks = SampleMarks.None;
        if (ticks < _newestTicks && IsAhead(receivedTicks))
        {
            marks = SampleMarks.GapBefore;
            Volatile.Write(ref _newestTicks, ticks);
        }
        else if (ticks >= _newestTicks)
        {
            var gap = _newestTicks != long.MinValue && _measured.Observe(ticks - _newestTicks, ShortestGap);
            marks = gap ? SampleMarks.GapBefore : SampleMarks.None;
            Volatile.Write(ref _newestTicks, ticks);
        }
        else
        {
            Volatile.Write(ref _disorder, _disorder + 1);
        }

        // Within a burst the distances say nothing of how far apart bursts are.
        if (_received != 0 && receivedTicks - _received >= Burst)
        {
            _arrival.Observe(receivedTicks - _received, _log.StaleAfter.Ticks);
        }

        Volatile.Write(ref _received, receivedTicks);
        return marks;
    }

    // A time ahead of the server's clock does not make all that comes after it late.
    private bool IsAhead(long receivedTicks) => _newestTicks > receivedTicks + ClocksDiffer;

    private long Store(long ticks, double value, SampleMarks marks, long receivedTicks)
    {
        var sequence = _next;
        var slot = (int)(sequence % LogBlock.Size);
        if (slot == 0 || _open is null)
        {
            _open = _log.Allocate(this, sequence / LogBlock.Size);
        }

        var newest = _newest;
        if (ticks >= _ticksOfNewest || _ticksOfNewest > receivedTicks + ClocksDiffer)
        {
            _ticksOfNewest = ticks;
            newest = sequence;
        }

        _open.Ticks[slot] = ticks;
        _open.Values[slot] = value;
        _open.Marks[slot] = marks;
        // Of all samples so far, so that a sample ahead of its time is found from any later block.
        _open.NewestTicks = _furthestTicks = Math.Max(_furthestTicks, ticks);
        Volatile.Write(ref _next, sequence + 1);
        Volatile.Write(ref _newest, newest);
        return sequence;
    }

    /// <summary>Copies samples from <paramref name="sequence"/> on, as many as fit and are held.</summary>
    /// <param name="sequence">The first sequence wanted.</param>
    /// <param name="into">Where they are copied to; what it held is overwritten.</param>
    /// <returns>
    /// The sequence of the first sample copied: later than <paramref name="sequence"/> where that is no longer
    /// held. <see cref="SampleBuffer.Count"/> says how many were copied.
    /// </returns>
    public long Read(long sequence, SampleBuffer into)
    {
        into.Count = 0;
        var end = Next;
        var first = Math.Max(sequence, Oldest);
        var at = first;
        while (at < end && into.Count < into.Capacity)
        {
            var number = at / LogBlock.Size;
            var slot = (int)(at % LogBlock.Size);
            var count = (int)Math.Min(Math.Min(LogBlock.Size - slot, end - at), into.Capacity - into.Count);
            if (!TryCopy(number, slot, count, into))
            {
                // Taken for newer samples while we read. What was copied before it is older still: start again.
                into.Count = 0;
                at = first = Math.Max(Oldest, (number + 1) * LogBlock.Size);
                continue;
            }

            at += count;
        }

        return Math.Min(first, end);
    }

    /// <summary>
    /// The first sequence from which on every sample at or after <paramref name="ticks"/> is found. Samples
    /// before that time may lie among them, up to a block of them and more where times are out of order.
    /// </summary>
    public long Find(long ticks)
    {
        var next = Next;
        var number = (next - 1) / LogBlock.Size;
        while (number > 0 && number > Volatile.Read(ref _firstBlock))
        {
            var previous = BlockAt(number - 1);
            if (previous is null || previous.NewestTicks < ticks)
            {
                break;
            }

            number--;
        }

        return Math.Max(Oldest, number * LogBlock.Size);
    }

    /// <summary>
    /// Where a window of so many ticks begins: it ends now, or for a recording at its newest time. Without an end, as
    /// for a recording that has not begun, it has no beginning.
    /// </summary>
    public long WindowStart(long windowTicks, long nowTicks)
    {
        var end = Sensor.Recorded ? NewestTicks : nowTicks;
        return end == long.MinValue ? long.MinValue : end - windowTicks;
    }

    /// <summary>
    /// Whether one of the same time, value and quality is held. Looked for among those of its time, and, as it may have come
    /// late, among those that came last. For the thread that appends.
    /// </summary>
    internal bool Holds(long ticks, double value, Quality quality)
    {
        if (ticks > _furthestTicks)
        {
            return false;
        }

        var newest = (_next - 1) / LogBlock.Size;
        var oldest = Volatile.Read(ref _firstBlock);
        var (low, high) = (oldest, newest);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = BlockAt(middle) is { } block && block.NewestTicks >= ticks ? (low, middle) : (middle + 1, high);
        }

        for (var number = newest; number >= Math.Max(oldest, newest - 1); number--)
        {
            if (IsIn(number, ticks, value, quality))
            {
                return true;
            }
        }

        return low < newest - 1 && IsIn(low, ticks, value, quality);
    }

    private bool IsIn(long number, long ticks, double value, Quality quality)
    {
        if (BlockAt(number) is not { } block || !block.Holds(this, number))
        {
            return false;
        }

        var count = (int)Math.Min(LogBlock.Size, _next - (number * LogBlock.Size));
        for (var at = 0; (at = Array.IndexOf(block.Ticks, ticks, at, count - at)) >= 0; at++)
        {
            if (block.Values[at].Equals(value) && block.Marks[at].Quality() == quality)
            {
                return block.Holds(this, number);
            }
        }

        return false;
    }

    private bool TryCopy(long number, int slot, int count, SampleBuffer into)
    {
        var block = BlockAt(number);
        if (block is null || !block.Holds(this, number))
        {
            return false;
        }

        var at = into.Count;
        Array.Copy(block.Ticks, slot, into.Ticks, at, count);
        Array.Copy(block.Values, slot, into.Values, at, count);
        Array.Copy(block.Marks, slot, into.Marks, at, count);
        if (!block.Holds(this, number))
        {
            return false;
        }

        into.Count += count;
        return true;
    }

    private LogBlock? BlockAt(long number)
    {
        var blocks = Volatile.Read(ref _blocks);
        return Volatile.Read(ref blocks[number % blocks.Length]);
    }

    /// <summary>Puts a block at the newest end. Called under the log's gate.</summary>
    internal void Push(LogBlock block, long number)
    {
        if (_blockCount == 0)
        {
            Volatile.Write(ref _firstBlock, number);
        }

        if (_blockCount == _blocks.Length)
        {
            var larger = new LogBlock?[_blocks.Length * 2];
            for (var n = _firstBlock; n < _firstBlock + _blockCount; n++)
            {
                larger[n % larger.Length] = _blocks[n % _blocks.Length];
            }

            Volatile.Write(ref _blocks, larger);
        }

        block.Assign(this, number);
        Volatile.Write(ref _blocks[number % _blocks.Length], block);
        Volatile.Write(ref _blockCount, _blockCount + 1);
    }

    /// <summary>Gives up the oldest block. Called under the log's gate, never for the last one.</summary>
    internal LogBlock Pop()
    {
        var block = _blocks[_firstBlock % _blocks.Length]!;
        // Readers see the oldest sequence move before the block is overwritten.
        Volatile.Write(ref _firstBlock, _firstBlock + 1);
        block.Release();
        _blocks[(_firstBlock - 1) % _blocks.Length] = null;
        Volatile.Write(ref _blockCount, _blockCount - 1);
        return block;
    }
}
