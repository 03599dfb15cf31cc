namespace LiveViz.Server.Sources.Payloads;

/// <summary>Counts what a source could not read, and tells an operator of the first; the others are only counted.</summary>
/// <param name="source">The source's name.</param>
/// <param name="logger">Takes the warning.</param>
internal sealed class Rejections(string source, ILogger logger)
{
    private long _count;

    /// <summary>How many there were.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Takes note.</summary>
    /// <param name="count">Of how many things.</param>
    /// <param name="what">Which message or row, as an operator can find it.</param>
    /// <param name="problem">What is wrong with the first of them, to follow its name.</param>
    public void Add(int count, string what, string problem)
    {
        if (Interlocked.Add(ref _count, count) == count)
        {
            logger.LogWarning("Source {Source}: {What} {Problem}. Others that cannot be read are only counted", source, what, problem);
        }
    }
}
