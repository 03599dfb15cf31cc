namespace LiveViz.Server.History;

/// <summary>
/// What is kept of the samples of one time bucket: first, lowest, highest and last value and when they were measured,
/// their sum and number. Exact: what is merged from finer ones is what all the samples give. (The sum is exact to
/// rounding.)
/// </summary>
internal struct Rollup
{
    /// <summary>How many samples have a value.</summary>
    public long Count;

    /// <summary>How many have none.</summary>
    public long Missing;

    /// <summary>
    /// Times in ticks. The first is that of the first value, or of the first sample where there is no value; the last
    /// that of the last sample, whether it has a value or not.
    /// </summary>
    public long FirstTicks, LastTicks, LowTicks, HighTicks;

    /// <summary>Values; of no meaning where <see cref="Count"/> is 0.</summary>
    public double First, Low, High, Last, Sum;

    /// <summary>The worst of them; that of the samples with a value.</summary>
    public Quality Worst;

    /// <summary>Where the line is broken.</summary>
    public RollupBreaks Breaks;

    /// <summary>How many samples it stands for.</summary>
    public readonly long Total => Count + Missing;

    /// <summary>One sample.</summary>
    public static Rollup Of(long ticks, double value, SampleMarks marks)
    {
        var has = !double.IsNaN(value);
        return new Rollup
        {
            Count = has ? 1 : 0,
            Missing = has ? 0 : 1,
            FirstTicks = ticks,
            LastTicks = ticks,
            LowTicks = ticks,
            HighTicks = ticks,
            First = value,
            Low = value,
            High = value,
            Last = value,
            Sum = has ? value : 0,
            Worst = has ? marks.Quality() : Quality.Good,
            Breaks = (marks.HasGapBefore() ? RollupBreaks.Before : RollupBreaks.None) | (has ? RollupBreaks.None : RollupBreaks.After),
        };
    }

    /// <summary>Takes in what came after it.</summary>
    public void Add(in Rollup next)
    {
        if (Total == 0)
        {
            this = next;
            return;
        }

        var breaks = Breaks & RollupBreaks.Before;
        var isBetween = Count > 0 && next.Count > 0 && ((Breaks & RollupBreaks.After) != 0 || (next.Breaks & RollupBreaks.Before) != 0);
        breaks |= isBetween ? RollupBreaks.Inside : (Breaks | next.Breaks) & RollupBreaks.Inside;
        // What is missing at its beginning breaks the line before its first value.
        breaks |= Count == 0 && next.Count > 0 ? RollupBreaks.Before : RollupBreaks.None;
        breaks |= next.Breaks & RollupBreaks.After;
        if (next.Count > 0)
        {
            (First, FirstTicks) = Count > 0 ? (First, FirstTicks) : (next.First, next.FirstTicks);
            (Low, LowTicks) = Count > 0 && Low <= next.Low ? (Low, LowTicks) : (next.Low, next.LowTicks);
            (High, HighTicks) = Count > 0 && High >= next.High ? (High, HighTicks) : (next.High, next.HighTicks);
            Last = next.Last;
            Worst = next.Worst > Worst ? next.Worst : Worst;
        }

        Breaks = breaks;
        LastTicks = next.LastTicks;
        Sum += next.Sum;
        Count += next.Count;
        Missing += next.Missing;
    }

    /// <summary>Takes in what lies in its own time, where not all that it was made of is known any more.</summary>
    /// <param name="found">What is known.</param>
    /// <param name="added">What of that is not in it yet, to be counted.</param>
    public void TakeIn(in Rollup found, in Rollup added)
    {
        if (found.Count > 0)
        {
            if (Count == 0 || found.FirstTicks <= FirstTicks)
            {
                (First, FirstTicks) = (found.First, found.FirstTicks);
                Breaks = (Breaks & ~RollupBreaks.Before) | (found.Breaks & RollupBreaks.Before);
            }

            if (Count == 0 || found.LastTicks >= LastTicks)
            {
                Last = found.Last;
            }

            (Low, LowTicks) = Count == 0 || found.Low < Low ? (found.Low, found.LowTicks) : (Low, LowTicks);
            (High, HighTicks) = Count == 0 || found.High > High ? (found.High, found.HighTicks) : (High, HighTicks);
            Worst = found.Worst > Worst ? found.Worst : Worst;
        }

        if (found.LastTicks >= LastTicks)
        {
            LastTicks = found.LastTicks;
            Breaks = (Breaks & ~RollupBreaks.After) | (found.Breaks & RollupBreaks.After);
        }

        Breaks |= found.Breaks & RollupBreaks.Inside;
        Sum += added.Sum;
        Count += added.Count;
        Missing += added.Missing;
    }
}
