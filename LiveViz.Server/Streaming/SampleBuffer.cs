namespace LiveViz.Server.Streaming;

/// <summary>Samples as columns, in memory that is used again.</summary>
/// <param name="capacity">For how many there is room at first.</param>
public sealed class SampleBuffer(int capacity)
{
    private long[] _ticks = new long[capacity];
    private double[] _values = new double[capacity];
    private SampleMarks[] _flags = new SampleMarks[capacity];

    /// <summary>Timestamps in ticks (100 ns), UTC.</summary>
    public long[] Ticks => _ticks;

    /// <summary>Values; NaN where there is none.</summary>
    public double[] Values => _values;

    /// <summary>What is said of each sample.</summary>
    public SampleMarks[] Marks => _flags;

    /// <summary>For how many there is room now.</summary>
    public int Capacity => _ticks.Length;

    /// <summary>How many there are.</summary>
    public int Count { get; set; }

    /// <summary>Adds a sample, and room where there is none.</summary>
    public void Add(long ticks, double value, SampleMarks marks)
    {
        if (Count == Capacity)
        {
            Array.Resize(ref _ticks, Count * 2);
            Array.Resize(ref _values, Count * 2);
            Array.Resize(ref _flags, Count * 2);
        }

        _ticks[Count] = ticks;
        _values[Count] = value;
        _flags[Count++] = marks;
    }
}
