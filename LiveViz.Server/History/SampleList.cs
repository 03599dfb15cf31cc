using System.Runtime.InteropServices;
using LiveViz.Server.Streaming;

namespace LiveViz.Server.History;

/// <summary>Samples of one sensor as they came, as columns that grow.</summary>
/// <param name="capacity">For how many there is room at first.</param>
internal sealed class SampleList(int capacity = 0)
{
    private readonly List<long> _ticks = new(capacity);
    private readonly List<double> _values = new(capacity);
    private readonly List<SampleMarks> _marks = new(capacity);

    public int Count => _ticks.Count;

    public ReadOnlySpan<long> Ticks => CollectionsMarshal.AsSpan(_ticks);

    public ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(_values);

    public ReadOnlySpan<SampleMarks> Marks => CollectionsMarshal.AsSpan(_marks);

    public void Add(SampleBuffer samples)
    {
        _ticks.AddRange(samples.Ticks.AsSpan(0, samples.Count));
        _values.AddRange(samples.Values.AsSpan(0, samples.Count));
        _marks.AddRange(samples.Marks.AsSpan(0, samples.Count));
    }

    public void Add(SampleList samples)
    {
        _ticks.AddRange(samples._ticks);
        _values.AddRange(samples._values);
        _marks.AddRange(samples._marks);
    }

    public void Add(Samples samples)
    {
        _ticks.AddRange(samples.Ticks);
        _values.AddRange(samples.Values);
        _marks.AddRange(samples.Marks);
    }

    public void Add(Samples samples, int at) => Add(samples.Ticks[at], samples.Values[at], samples.Marks[at]);

    public void Add(long ticks, double value, SampleMarks marks)
    {
        _ticks.Add(ticks);
        _values.Add(value);
        _marks.Add(marks);
    }

    public void Clear()
    {
        _ticks.Clear();
        _values.Clear();
        _marks.Clear();
    }

    /// <summary>A copy in the order of time; of several of the same time the last that came.</summary>
    public Samples ToSamples()
    {
        var isSorted = true;
        for (var i = 1; i < _ticks.Count && isSorted; i++)
        {
            isSorted = _ticks[i] > _ticks[i - 1];
        }

        if (isSorted)
        {
            return new Samples([.. _ticks], [.. _values], [.. _marks]);
        }

        var order = Enumerable.Range(0, Count).ToArray();
        // By time and then by arrival: an unstable sort would lose which of two came last.
        Array.Sort(order, (a, b) => _ticks[a] != _ticks[b] ? _ticks[a].CompareTo(_ticks[b]) : a.CompareTo(b));
        var sorted = new SampleList(Count);
        for (var i = 0; i < order.Length; i++)
        {
            if (i + 1 == order.Length || _ticks[order[i]] != _ticks[order[i + 1]])
            {
                sorted.Add(_ticks[order[i]], _values[order[i]], _marks[order[i]]);
            }
        }

        return sorted.ToSamples();
    }
}
