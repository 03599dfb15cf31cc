namespace LiveViz.Server.Streaming;

/// <summary>Which sequences of a series a reduction passed over, as runs, so that they can be stated and counted.</summary>
internal sealed class LeftOutRuns
{
    // A sensor whose samples are all late makes one run; one that mixes them is refilled within seconds.
    private const int Most = 4096;

    private readonly List<(long First, long End)> _runs = [];

    /// <summary>Adds sequences that follow all those added before.</summary>
    public void Add(long first, long end)
    {
        if (_runs.Count > 0 && _runs[^1].End == first)
        {
            _runs[^1] = (_runs[^1].First, end);
            return;
        }

        if (_runs.Count == Most)
        {
            _runs.RemoveRange(0, Most / 2);
        }

        _runs.Add((first, end));
    }

    /// <summary>How many there are from <paramref name="first"/> up to before <paramref name="end"/>.</summary>
    public long CountIn(long first, long end)
    {
        long count = 0;
        for (var i = _runs.Count - 1; i >= 0 && _runs[i].End > first; i--)
        {
            count += Math.Max(0, Math.Min(end, _runs[i].End) - Math.Max(first, _runs[i].First));
        }

        return count;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _runs.Clear();
}
