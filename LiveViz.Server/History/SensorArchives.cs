using LiveViz.Server.Streaming;

namespace LiveViz.Server.History;

/// <summary>The archive of every sensor. For the thread that writes; what may be called on others says so.</summary>
internal sealed class SensorArchives
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SensorArchive> _byId = new(StringComparer.Ordinal);
    private readonly List<SensorArchive?> _byIndex = [];
    private int _numbers;

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<SensorArchive> All => _byId.Values;

    /// <summary>That of a sensor; null where nothing of it was ever stored. On any thread.</summary>
    public SensorArchive? Find(string sensorId)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(sensorId);
        }
    }

    /// <summary>That of a sensor, new where it has none.</summary>
    public SensorArchive Of(string sensorId) => Find(sensorId) ?? Add(sensorId, new SensorArchive(_numbers + 1));

    /// <summary>That of a sensor of the log, new where it has none.</summary>
    public SensorArchive Of(SensorSeries series)
    {
        while (_byIndex.Count <= series.Index)
        {
            _byIndex.Add(null);
        }

        return _byIndex[series.Index] ??= Of(series.Sensor.Id);
    }

    /// <summary>That of a sensor that the store knows.</summary>
    public SensorArchive Of(StoredSensor stored) =>
        Find(stored.Sensor.Id) ?? Add(stored.Sensor.Id, new SensorArchive(stored.Number) { Told = stored.Sensor });

    private SensorArchive Add(string sensorId, SensorArchive archive)
    {
        _numbers = Math.Max(_numbers, archive.Number);
        lock (_gate)
        {
            _byId.Add(sensorId, archive);
        }

        return archive;
    }
}
