using System.Collections.Concurrent;

namespace LiveViz.Server.Sources.Mqtt;

/// <summary>The sensors met so far; may be read while they are met.</summary>
internal sealed class KnownSensors
{
    // Whoever may publish can make up topics without end: beyond these a sensor is known by its id alone.
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<string, Sensor> _sensors = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>A copy of them as they stand.</summary>
    public IReadOnlyCollection<Sensor> All => (IReadOnlyCollection<Sensor>)_sensors.Values;

    /// <summary>Whether it has been met.</summary>
    public bool Has(string id) => _sensors.ContainsKey(id);

    /// <summary>Takes note of one, or of what is known of it now.</summary>
    public void Set(Sensor sensor)
    {
        if (_sensors.ContainsKey(sensor.Id))
        {
            _sensors[sensor.Id] = sensor;
        }
        else if (_count < Most && _sensors.TryAdd(sensor.Id, sensor))
        {
            _count++;
        }
    }
}
