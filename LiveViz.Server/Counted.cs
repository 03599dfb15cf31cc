namespace LiveViz.Server;

/// <summary>How many there are of something, in words.</summary>
internal static class Counted
{
    /// <summary>Such as "1 sample" and "1,200 samples".</summary>
    public static string Of(long count, string thing) => FormattableString.Invariant($"{count:N0} {thing}{(count == 1 ? "" : "s")}");
}
