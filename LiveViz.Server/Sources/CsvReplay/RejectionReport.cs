namespace LiveViz.Server.Sources.CsvReplay;

/// <summary>
/// Tells an operator of rows that cannot be read, or not wholly, without flooding the log: the first one in full, the others as a
/// number at the end of the pass. Further passes hold the same rows and are not reported again.
/// </summary>
/// <param name="file">The file as it was configured.</param>
/// <param name="logger">Takes the warnings.</param>
internal sealed class RejectionReport(string file, ILogger logger)
{
    private long _count;
    private bool _reported;

    /// <summary>The first rejected row in words that can end a sentence; empty where there was none.</summary>
    public string First { get; private set; } = "";

    /// <summary>Takes a row.</summary>
    /// <param name="line">The line it stands on, from 1.</param>
    /// <param name="reason">Why it cannot be read.</param>
    public void Add(int line, string reason)
    {
        if (++_count == 1)
        {
            First = $"; the first one that cannot, in line {line}: {reason}";
            logger.LogWarning("{File}, line {Line}: {Reason}. What cannot be read is skipped; other rows of this pass are only counted.", file, line, reason);
        }
    }

    /// <summary>Sums up the first pass.</summary>
    public void EndPass()
    {
        if (_count > 1 && !_reported)
        {
            logger.LogWarning("{File}: {Count} rows in all were skipped, or cells of them, because they could not be read.", file, _count);
        }

        _reported = true;
    }
}
