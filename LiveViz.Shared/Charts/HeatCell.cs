namespace LiveViz.Charts;

/// <summary>
/// The samples of one time bucket as a heatmap shows them. Not their mean: a peak of one sample would vanish in it.
/// </summary>
/// <param name="start">When the bucket begins, in ticks UTC.</param>
/// <param name="width">How long it is, in ticks.</param>
/// <param name="isJoined">Whether its first sample follows the one before without a break.</param>
internal sealed class HeatCell(long start, long width, bool isJoined)
{
    /// <summary>When it begins, in ticks UTC.</summary>
    public long Start => start;

    /// <summary>When it is over, in ticks UTC.</summary>
    public long End => start + width;

    /// <summary>Whether its first sample follows the one before without a break.</summary>
    public bool IsJoined => isJoined;

    /// <summary>The lowest value in it.</summary>
    public double Min { get; private set; } = double.PositiveInfinity;

    /// <summary>The highest value in it.</summary>
    public double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>The value of its last sample; NaN where that had none.</summary>
    public double Last { get; private set; } = double.NaN;

    /// <summary>Whether there was a value in it.</summary>
    public bool HasValue => Min <= Max;

    /// <summary>Takes in a sample; NaN for one without a value.</summary>
    public void Add(double value)
    {
        Last = value;
        if (!double.IsNaN(value))
        {
            (Min, Max) = (Math.Min(Min, value), Math.Max(Max, value));
        }
    }

    /// <summary>Takes in another cell's samples.</summary>
    public void Absorb(HeatCell other)
    {
        (Min, Max, Last) = (Math.Min(Min, other.Min), Math.Max(Max, other.Max), other.Last);
    }

    /// <summary>The value farthest from <paramref name="middle"/>: what the cell's colour shows.</summary>
    public double Farthest(double middle) => Max - middle >= middle - Min ? Max : Min;
}
