namespace LiveViz.Server.Streaming;

/// <summary>Samples picked from a series, each with its sequence, as columns, in memory that is used again.</summary>
/// <param name="capacity">For how many there is room at first.</param>
internal sealed class PointBuffer(int capacity)
{
    private long[] _ticks = new long[capacity];
    private double[] _values = new double[capacity];
    private SampleMarks[] _marks = new SampleMarks[capacity];
    private long[] _sequences = new long[capacity];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Timestamps in ticks (100 ns), UTC.</summary>
    public ReadOnlySpan<long> Ticks => _ticks.AsSpan(0, Count);

    /// <summary>Values; NaN where there is none.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>What is said of each.</summary>
    public ReadOnlySpan<SampleMarks> Marks => _marks.AsSpan(0, Count);

    /// <summary>Their sequences in the series.</summary>
    public ReadOnlySpan<long> Sequences => _sequences.AsSpan(0, Count);

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds one.</summary>
    public void Add(long ticks, double value, SampleMarks marks, long sequence)
    {
        MakeRoom(1);
        _ticks[Count] = ticks;
        _values[Count] = value;
        _marks[Count] = marks;
        _sequences[Count++] = sequence;
    }

    /// <summary>Adds samples that follow one another in a series.</summary>
    public void Add(SampleBuffer samples, int from, long firstSequence)
    {
        var count = samples.Count - from;
        MakeRoom(count);
        samples.Ticks.AsSpan(from, count).CopyTo(_ticks.AsSpan(Count));
        samples.Values.AsSpan(from, count).CopyTo(_values.AsSpan(Count));
        samples.Marks.AsSpan(from, count).CopyTo(_marks.AsSpan(Count));
        for (var i = 0; i < count; i++)
        {
            _sequences[Count + i] = firstSequence + i;
        }

        Count += count;
    }

    /// <summary>Adds one of another buffer.</summary>
    public void Add(PointBuffer other, int at) => Add(other._ticks[at], other._values[at], other._marks[at], other._sequences[at]);

    /// <summary>Forgets the first <paramref name="count"/>.</summary>
    public void DropFirst(int count)
    {
        Count -= count;
        Array.Copy(_ticks, count, _ticks, 0, Count);
        Array.Copy(_values, count, _values, 0, Count);
        Array.Copy(_marks, count, _marks, 0, Count);
        Array.Copy(_sequences, count, _sequences, 0, Count);
    }

    private void MakeRoom(int count)
    {
        if (Count + count <= _ticks.Length)
        {
            return;
        }

        var capacity = Math.Max(2 * _ticks.Length, Count + count);
        Array.Resize(ref _ticks, capacity);
        Array.Resize(ref _values, capacity);
        Array.Resize(ref _marks, capacity);
        Array.Resize(ref _sequences, capacity);
    }
}
