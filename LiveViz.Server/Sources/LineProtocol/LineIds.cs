namespace LiveViz.Server.Sources.LineProtocol;

/// <summary>
/// The series and the ids of sensors that lines have named, found by the bytes that name them: those known cost no
/// memory. Not to be used by two threads at once.
/// </summary>
internal sealed class LineIds(LineTemplate template)
{
    // More than any plant has at one door; beyond it names are made up, and remembering them would only cost memory.
    private const int MostKnown = 50_000;
    private const int LongestKnown = 1_024;

    private readonly Dictionary<byte[], LineSeries> _series = new(ByteComparer.Instance);
    private int _known;

    /// <summary>Finds a series, or reads it.</summary>
    /// <param name="key">What stands before the first space of a line.</param>
    /// <param name="series">It.</param>
    /// <returns>Null, or why it cannot be read.</returns>
    public string? Find(ReadOnlySpan<byte> key, out LineSeries? series)
    {
        var lookup = _series.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(key, out series))
        {
            return null;
        }

        var problem = LineSeries.TryParse(key, template, out series);
        if (problem is null && key.Length <= LongestKnown)
        {
            MakeRoom();
            lookup[key] = series!;
        }

        return problem;
    }

    /// <summary>The id of the sensor of a series' field.</summary>
    public string Id(LineSeries series, ReadOnlySpan<byte> field)
    {
        if (series.Find(field) is { } known)
        {
            return known;
        }

        var keep = field.Length <= LongestKnown;
        if (keep)
        {
            MakeRoom();
        }

        return series.Make(field, template, keep);
    }

    private void MakeRoom()
    {
        if (++_known > MostKnown)
        {
            _series.Clear();
            _known = 1;
        }
    }
}
