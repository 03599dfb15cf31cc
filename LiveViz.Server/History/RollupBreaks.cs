namespace LiveViz.Server.History;

/// <summary>Where a line through a bucket's samples is broken: no line may be drawn there.</summary>
[Flags]
internal enum RollupBreaks : byte
{
    None = 0,

    /// <summary>Before its first value.</summary>
    Before = 1,

    /// <summary>Between two of its values.</summary>
    Inside = 2,

    /// <summary>After its last value: its last sample has none.</summary>
    After = 4,
}
