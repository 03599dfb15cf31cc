namespace LiveViz.Server.History;

/// <summary>The rollup of one bucket as it is stored.</summary>
/// <param name="Sensor">The sensor's number in the store.</param>
/// <param name="Level">Which width of buckets: <see cref="RollupLevel"/>.</param>
/// <param name="Bucket">Which bucket: its beginning divided by its width.</param>
/// <param name="Rollup">What is in it.</param>
internal sealed record StoredRollup(int Sensor, int Level, long Bucket, Rollup Rollup)
{
    /// <summary>When the bucket begins, in ticks.</summary>
    public long From => Bucket * RollupLevel.Width(Level);

    /// <summary>When it ends, in ticks.</summary>
    public long Until => From + RollupLevel.Width(Level);
}
