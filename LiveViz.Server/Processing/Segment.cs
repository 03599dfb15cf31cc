namespace LiveViz.Server.Processing;

/// <summary>A stretch of the line between samples, within which nothing is missing. Times are in ticks.</summary>
internal struct Segment
{
    public long Begin;
    public long End;
    public double BeginValue;
    public double EndValue;

    /// <summary>The area under it, in value times seconds.</summary>
    public double Area;

    /// <summary>The area under it and all segments behind it that were there when the sums were last made.</summary>
    public double AreaFromHere;

    /// <summary>Whether it is of more than two samples.</summary>
    public bool IsMerged;

    /// <summary>Its value at a time within it: on the straight line between its ends.</summary>
    public readonly double ValueAt(long ticks) =>
        BeginValue + (EndValue - BeginValue) * ((double)(ticks - Begin) / (End - Begin));

    /// <summary>The area under its part from a time on.</summary>
    public readonly double AreaFrom(long ticks) =>
        ticks <= Begin ? Area
        : IsMerged ? Area * ((double)(End - ticks) / (End - Begin))
        : AreaOf(ValueAt(ticks), EndValue, End - ticks);

    /// <summary>The area under a straight line, in value times seconds.</summary>
    public static double AreaOf(double from, double to, long ticks) =>
        (from / 2 + to / 2) * ((double)ticks / TimeSpan.TicksPerSecond);
}
