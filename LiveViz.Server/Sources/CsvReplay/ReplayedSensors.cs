namespace LiveViz.Server.Sources.CsvReplay;

/// <summary>The sensors met so far, in the order of the file; may be read while the file is.</summary>
/// <param name="prefix">Put before each name in the file to make the id.</param>
/// <param name="group">The group of all of them.</param>
internal sealed class ReplayedSensors(string prefix, string group)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly List<Sensor> _sensors = [];

    /// <summary>A copy of the list as it stands.</summary>
    public IReadOnlyCollection<Sensor> Known
    {
        get
        {
            lock (_lock)
            {
                return [.. _sensors];
            }
        }
    }

    /// <summary>The id of what the file calls <paramref name="name"/>, listed from now on. Allocates for a new name only.</summary>
    public string IdOf(ReadOnlySpan<char> name)
    {
        lock (_lock)
        {
            var ids = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
            if (ids.TryGetValue(name, out var id))
            {
                return id;
            }

            id = string.Concat(prefix, name);
            ids[name] = id;
            _sensors.Add(new Sensor { Id = id, Group = group, Recorded = true });
            return id;
        }
    }
}
