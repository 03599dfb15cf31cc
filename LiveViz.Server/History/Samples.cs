namespace LiveViz.Server.History;

/// <summary>Samples of one sensor in the order of time, no two of the same time: a run of them, as columns.</summary>
/// <param name="Ticks">Times, in ticks (100 ns), UTC.</param>
/// <param name="Values">Values; NaN where there is none.</param>
/// <param name="Marks">What is said of each.</param>
internal sealed record Samples(long[] Ticks, double[] Values, SampleMarks[] Marks)
{
    public static readonly Samples None = new([], [], []);

    public int Count => Ticks.Length;

    public long First => Ticks[0];

    public long Last => Ticks[^1];

    /// <summary>Part of them.</summary>
    public Samples Slice(int from, int to) => from == 0 && to == Count ? this : new(Ticks[from..to], Values[from..to], Marks[from..to]);

    /// <summary>Those from one time on and before another.</summary>
    public Samples Between(long from, long until) => Slice(IndexOf(from), IndexOf(until));

    /// <summary>Where the first one at or after a time is.</summary>
    public int IndexOf(long ticks)
    {
        var at = Array.BinarySearch(Ticks, ticks);
        return at < 0 ? ~at : at;
    }

    /// <summary>Whether one of them was measured at this time.</summary>
    public bool Holds(long ticks) => Array.BinarySearch(Ticks, ticks) >= 0;

    /// <summary>Both together; where both have one of the same time, the later one counts.</summary>
    public static Samples Merge(Samples earlier, Samples later)
    {
        if (earlier.Count == 0 || later.Count == 0)
        {
            return earlier.Count == 0 ? later : earlier;
        }

        return earlier.Last < later.First
            ? new([.. earlier.Ticks, .. later.Ticks], [.. earlier.Values, .. later.Values], [.. earlier.Marks, .. later.Marks])
            : Interleave(earlier, later);
    }

    private static Samples Interleave(Samples earlier, Samples later)
    {
        var merged = new SampleList(earlier.Count + later.Count);
        for (int i = 0, j = 0; i < earlier.Count || j < later.Count;)
        {
            var isEarlier = j == later.Count || (i < earlier.Count && earlier.Ticks[i] < later.Ticks[j]);
            if (isEarlier)
            {
                merged.Add(earlier, i++);
                continue;
            }

            i += i < earlier.Count && earlier.Ticks[i] == later.Ticks[j] ? 1 : 0;
            merged.Add(later, j++);
        }

        return merged.ToSamples();
    }
}
