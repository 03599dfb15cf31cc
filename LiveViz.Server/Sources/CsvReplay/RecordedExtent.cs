namespace LiveViz.Server.Sources.CsvReplay;

/// <summary>How much time one pass through a recording covers, found while it is played.</summary>
internal sealed class RecordedExtent
{
    // A median needs its values; the first few hundred tell as much as all of them.
    private const int MostIntervals = 500;

    private readonly List<TimeSpan> _intervals = [];
    private DateTime _earliest = DateTime.MaxValue;
    private DateTime _latest = DateTime.MinValue;
    private DateTime? _previous;

    /// <summary>Whether there was no row.</summary>
    public bool IsEmpty => _previous is null;

    /// <summary>
    /// By how much a next pass must be later to go on where this one ends: latest less earliest time plus the
    /// median of the first positive intervals between rows (1 s where there are none).
    /// </summary>
    public TimeSpan Length => _latest - _earliest + TypicalInterval;

    private TimeSpan TypicalInterval =>
        _intervals.Count == 0 ? TimeSpan.FromSeconds(1) : _intervals.Order().ElementAt(_intervals.Count / 2);

    /// <summary>Takes the time of a row.</summary>
    public void Add(DateTime time)
    {
        if (time > _previous && _intervals.Count < MostIntervals)
        {
            _intervals.Add(time - _previous.Value);
        }

        _previous = time;
        _earliest = time < _earliest ? time : _earliest;
        _latest = time > _latest ? time : _latest;
    }
}
