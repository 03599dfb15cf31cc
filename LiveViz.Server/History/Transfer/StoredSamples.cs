namespace LiveViz.Server.History.Transfer;

/// <summary>
/// What stands in a store, read without a historian, also while a server writes to it: what was in the journal when this
/// was made, and of the blocks what they hold when they are read.
/// </summary>
internal sealed class StoredSamples
{
    private readonly HistoryStore _store;
    private readonly Dictionary<string, StoredSensor> _sensors;
    private readonly Dictionary<int, Samples> _waiting;

    /// <summary>Reads the sensors and the journal.</summary>
    /// <exception cref="HistoryException">They cannot be read.</exception>
    public StoredSamples(HistoryStore store)
    {
        store.OpenForReading();
        _store = store;
        // The journal first: what is put into blocks meanwhile is then found in both, and not in neither.
        _waiting = store.Read(Journal);
        _sensors = store.Read(session => session.Sensors()).ToDictionary(stored => stored.Sensor.Id);
    }

    /// <summary>The ids of all sensors, in the order in which they were first stored.</summary>
    public IEnumerable<string> SensorIds => _sensors.Values.OrderBy(stored => stored.Number).Select(stored => stored.Sensor.Id);

    /// <summary>Whether samples of the sensor are stored.</summary>
    public bool Knows(string sensorId) => _sensors.ContainsKey(sensorId);

    /// <inheritdoc cref="ReadSamples"/>
    public Task<(Samples Samples, bool IsAll)> ReadAsync(string sensorId, long from, long until, int most, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var number = _sensors[sensorId].Number;
        var (stored, isAll) = _store.Read(session => Blocks(new BucketReader(session, number), from, until, most));
        var waiting = _waiting.GetValueOrDefault(number, Samples.None);
        // As far as blocks were read; beyond it, it waits for its turn.
        return Task.FromResult((Samples.Merge(stored, waiting.Between(from, isAll ? until : stored.Last + 1)), isAll));
    }

    private static (Samples Samples, bool IsAll) Blocks(BucketReader reader, long from, long until, int most)
    {
        var samples = new SampleList();
        foreach (var run in reader.Blocks(from, until))
        {
            samples.Add(run);
            if (samples.Count >= most)
            {
                return (samples.ToSamples(), false);
            }
        }

        return (samples.ToSamples(), true);
    }

    private static Dictionary<int, Samples> Journal(HistorySession session)
    {
        var lists = new Dictionary<int, SampleList>();
        foreach (var (_, data) in session.Journal())
        {
            foreach (var (number, samples) in JournalEntry.Read(data))
            {
                if (!lists.TryGetValue(number, out var list))
                {
                    lists.Add(number, list = new SampleList());
                }

                list.Add(samples);
            }
        }

        return lists.ToDictionary(entry => entry.Key, entry => entry.Value.ToSamples());
    }
}
