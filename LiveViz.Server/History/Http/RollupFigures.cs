namespace LiveViz.Server.History.Http;

/// <summary>What is told of a bucket besides what is kept of it.</summary>
internal static class RollupFigures
{
    /// <summary>The mean of a bucket's values; NaN where it has none, or their sum is beyond what can be held.</summary>
    public static double Mean(this in Rollup rollup) =>
        rollup.Count == 0 || Math.Abs(rollup.Sum) >= double.MaxValue ? double.NaN
        // Of equal values a sum is not exact.
        : Math.Clamp(rollup.Sum / rollup.Count, rollup.Low, rollup.High);

    /// <summary>The worst quality of its samples that have a value; Bad where none has.</summary>
    public static Quality Quality(this in Rollup rollup) => rollup.Count == 0 ? LiveViz.Quality.Bad : rollup.Worst;
}
