namespace LiveViz.Server.History;

/// <summary>What became of imported samples.</summary>
/// <param name="Added">How many are of times of which nothing was stored.</param>
/// <param name="Replaced">How many are of a time of which another value or quality was stored before, whose place they took.</param>
/// <param name="Unchanged">How many were stored before, as they are.</param>
internal readonly record struct ImportCount(long Added, long Replaced, long Unchanged)
{
    public static ImportCount operator +(ImportCount one, ImportCount other) =>
        new(one.Added + other.Added, one.Replaced + other.Replaced, one.Unchanged + other.Unchanged);

    /// <summary>Compares samples with those that are stored of the same span; both in the order of time.</summary>
    public static ImportCount Of(Samples samples, IEnumerable<Samples> stored)
    {
        long replaced = 0, unchanged = 0;
        foreach (var run in stored)
        {
            for (int i = samples.IndexOf(run.First), j = 0; i < samples.Count && j < run.Count;)
            {
                if (samples.Ticks[i] != run.Ticks[j])
                {
                    _ = samples.Ticks[i] < run.Ticks[j] ? i++ : j++;
                    continue;
                }

                var isSame = samples.Values[i].Equals(run.Values[j]) && samples.Marks[i].Quality() == run.Marks[j].Quality();
                (replaced, unchanged) = isSame ? (replaced, unchanged + 1) : (replaced + 1, unchanged);
                i++;
                j++;
            }
        }

        return new ImportCount(samples.Count - replaced - unchanged, replaced, unchanged);
    }
}
