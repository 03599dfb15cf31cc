namespace LiveViz.Server.Streaming;

/// <summary>
/// A run of samples of one sensor, as columns; the unit in which the log gives out and takes back memory.
/// A block is appended to until full and then only read, until the log takes it for another sensor. A reader
/// copies and then asks <see cref="Holds"/> again: had the block been taken meanwhile, the copy is thrown away.
/// </summary>
internal sealed class LogBlock
{
    /// <summary>Samples a block holds.</summary>
    public const int Size = 1024;

    /// <summary>Bytes a block takes: its columns, and about 100 of headers.</summary>
    public const int Bytes = Size * (sizeof(long) + sizeof(double) + sizeof(byte)) + 128;

    private SensorSeries? _owner;
    private long _number = -1;

    /// <summary>Timestamps in ticks (100 ns), UTC.</summary>
    public readonly long[] Ticks = new long[Size];

    /// <summary>Values; NaN where there is none.</summary>
    public readonly double[] Values = new double[Size];

    /// <summary>What is said of each sample.</summary>
    public readonly SampleMarks[] Marks = new SampleMarks[Size];

    /// <summary>The newest timestamp in it and in all blocks before it, in ticks.</summary>
    public long NewestTicks = long.MinValue;

    /// <summary>Whether it holds block <paramref name="number"/> of <paramref name="series"/> now.</summary>
    public bool Holds(SensorSeries series, long number)
    {
        // Not before what was read of the block ahead of this call.
        Volatile.ReadBarrier();
        return Volatile.Read(ref _number) == number && ReferenceEquals(_owner, series);
    }

    /// <summary>Takes it from its owner. Called under the log's gate.</summary>
    public void Release()
    {
        Volatile.Write(ref _number, -1);
        // The columns are overwritten after this and must not be seen changing under the old number.
        Interlocked.MemoryBarrier();
        _owner = null;
        NewestTicks = long.MinValue;
    }

    /// <summary>Gives it to a series. Called under the log's gate.</summary>
    public void Assign(SensorSeries series, long number)
    {
        _owner = series;
        Volatile.Write(ref _number, number);
    }
}
