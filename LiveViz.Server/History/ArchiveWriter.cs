using LiveViz.Server.Streaming;

namespace LiveViz.Server.History;

/// <summary>
/// Brings what is in the sensor log into the store: first as it came, into the journal, which is quick; and now and then
/// from there into each sensor's blocks, in the order of time. For one thread, but where it says otherwise.
/// </summary>
internal sealed class ArchiveWriter(HistoryStore store, SensorLog log, TimeProvider time, TimeSpan readAhead, Retention retention)
{
    // A commit is no larger than this, so that those who wait for the next one do not wait long.
    private const int MostInCommit = 200_000;
    private const int MostInSlice = 50_000;

    // So much waits in the journal, and in memory with it, before it is put into blocks: the more, the fewer writes.
    private const int MostWaiting = 1_000_000;
    private static readonly TimeSpan LongestWaiting = TimeSpan.FromMinutes(1);

    private readonly SensorArchives _archives = new();
    private readonly SampleBuffer _scratch = new(4096);
    private readonly ByteWriter _bytes = new();
    private readonly List<Fresh> _fresh = [];
    private readonly Queue<SensorArchive> _toSettle = new();
    private long _entry;
    private long _settledEntry;
    private long _waiting;
    private long _settledAt;
    private bool _isRead;
    private long _stored;
    private long _lost;

    /// <summary>Where it writes to.</summary>
    public HistoryStore Store => store;

    /// <summary>How many samples were stored; on any thread.</summary>
    public long Stored => Volatile.Read(ref _stored);

    /// <summary>How many samples had to make room in the log before they were stored; on any thread.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Whether it is in the middle of putting samples into blocks.</summary>
    public bool IsSettling => _toSettle.Count > 0;

    /// <summary>How the sensor's samples come into the store; null where none has. On any thread.</summary>
    public SensorArchive? Find(string sensorId) => _archives.Find(sensorId);

    /// <summary>Opens the store, again after a failure; at first it reads what was stored before.</summary>
    /// <param name="sources">Names of the sources whose sensors are to have their past in the log.</param>
    public void Open(IReadOnlyCollection<string> sources)
    {
        store.Open();
        if (_isRead)
        {
            return;
        }

        store.Read(session =>
        {
            var sensors = session.Sensors();
            ReadJournal(session, sensors.ToDictionary(stored => stored.Number, _archives.Of));
            new LogReader(log, time, readAhead).Read(session, [.. sensors.Where(stored => sources.Contains(stored.Sensor.Source))], _archives.Of);
            return true;
        });
        _isRead = true;
        retention.Begin(_archives.All.Select(archive => archive.Peek()).Select(peek => peek.Waiting.Count > 0 ? peek.Waiting.Last : peek.Stored)
            .Where(newest => newest != long.MinValue).Select(newest => (long?)newest).Max());
        _settledAt = time.GetTimestamp();
    }

    /// <summary>Stores all that is in the log now.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Commit()
    {
        var all = log.All;
        var any = false;
        while (Collect(all))
        {
            Journal();
            any = true;
        }

        return any;
    }

    /// <summary>Puts a part of what stands in the journal into blocks, where it is time for that.</summary>
    /// <param name="all">Whether it is to be all of it, and now.</param>
    public void Settle(bool all)
    {
        if (_toSettle.Count == 0 && _waiting > 0 && (all || _waiting >= MostWaiting || time.GetElapsedTime(_settledAt) >= LongestWaiting))
        {
            Begin();
        }

        do
        {
            SettleSlice();
        }
        while (all && _toSettle.Count > 0);
    }

    /// <summary>Forgets a little of what is older than it is to be kept, where there is any.</summary>
    public void Forget()
    {
        if (retention.IsDue(_archives.All))
        {
            store.Write(retention.Forget);
        }
    }

    /// <summary>Stores the next slice of what is imported: straight into blocks.</summary>
    /// <returns>Whether there was any.</returns>
    public bool Import(HistoryImport import)
    {
        var next = import.Next(MostInSlice);
        if (next.Count == 0)
        {
            return false;
        }

        var slice = ArchivesOf(next.ConvertAll(part => part.Sensor)).Zip(next, (archive, part) => (Archive: archive, part.Samples)).ToList();
        if (slice.Exists(part => part.Archive.Journaled.First <= part.Samples.Last && part.Archive.Journaled.Last >= part.Samples.First))
        {
            EmptyJournal();
        }

        try
        {
            var (settled, count) = store.Write(session =>
            {
                var (settled, count) = (0, default(ImportCount));
                foreach (var (archive, samples) in slice)
                {
                    archive.Begin(session);
                    count += ImportCount.Of(samples, HeldOf(session, archive, samples));
                    archive.Import(samples);
                    _waiting += samples.Count;
                    settled += archive.Settle(session);
                }

                return (settled, count);
            });
            slice.ForEach(part => part.Archive.Settled());
            _waiting -= settled;
            import.Count += count;
            Volatile.Write(ref _stored, _stored + count.Added + count.Replaced);
            return true;
        }
        catch
        {
            slice.ForEach(part => part.Archive.NotSettled());
            throw;
        }
    }

    private void EmptyJournal()
    {
        while (_toSettle.Count > 0 || _waiting > 0)
        {
            Settle(all: true);
        }

        store.Write(session => session.DropJournal(_entry));
        foreach (var archive in _archives.All)
        {
            archive.LeaveJournal();
        }
    }

    private static IEnumerable<Samples> HeldOf(HistorySession session, SensorArchive archive, Samples samples)
    {
        var (waiting, stored) = archive.Peek();
        waiting = waiting.Between(samples.First, samples.Last + 1);
        var blocks = new BucketReader(session, archive.Number).Blocks(samples.First, Math.Min(stored, samples.Last) + 1);
        // What waits takes the place of what stands in blocks: where anything does, all of it is put together first.
        return waiting.Count > 0 ? [blocks.Append(waiting).Aggregate(Samples.None, Samples.Merge)] : blocks;
    }

    /// <summary>The archives of sensors, of which the store is told where it does not know them yet.</summary>
    private SensorArchive[] ArchivesOf(IReadOnlyList<Sensor> sensors)
    {
        var archives = sensors.Select(sensor => _archives.Of(sensor.Id)).ToArray();
        var news = sensors.Zip(archives).Where(pair => pair.Second.Told is null).DistinctBy(pair => pair.Second).ToList();
        if (news.Count > 0)
        {
            // Committed before anything of them is: a number must not come to mean another sensor.
            store.Write(session => news.ForEach(pair => session.Write(new StoredSensor(pair.Second.Number, pair.First))));
            news.ForEach(pair => pair.Second.Told = pair.First);
        }

        return archives;
    }

    private void ReadJournal(HistorySession session, Dictionary<int, SensorArchive> archives)
    {
        foreach (var (number, data) in session.Journal())
        {
            _entry = number;
            foreach (var (sensor, samples) in JournalEntry.Read(data))
            {
                archives[sensor].Add(samples);
                _waiting += samples.Count;
            }
        }

        foreach (var archive in archives.Values)
        {
            archive.Begin(session);
        }
    }

    /// <summary>Reads what is new in the log.</summary>
    /// <returns>Whether there is anything.</returns>
    private bool Collect(IReadOnlyList<SensorSeries> all)
    {
        _fresh.Clear();
        var count = 0;
        foreach (var series in all)
        {
            var archive = _archives.Of(series);
            var next = archive.Next;
            if (series.Next == next && archive.Told == series.Sensor)
            {
                continue;
            }

            var samples = new SampleList();
            for (var end = series.Next; next < end && count < MostInCommit;)
            {
                var first = series.Read(next, _scratch);
                Volatile.Write(ref _lost, _lost + first - next);
                archive.Next = first;
                samples.Add(_scratch);
                next = first + _scratch.Count;
                count += _scratch.Count;
            }

            if (samples.Count > 0 || archive.Told != series.Sensor)
            {
                _fresh.Add(new Fresh(archive, series.Sensor, next, samples));
            }
        }

        return _fresh.Count > 0;
    }

    private void Journal()
    {
        var parts = _fresh.Where(fresh => fresh.Samples.Count > 0).Select(fresh => (fresh.Archive.Number, fresh.Samples)).ToList();
        store.Write(session =>
        {
            foreach (var (archive, sensor, _, _) in _fresh.Where(fresh => fresh.Archive.Told != fresh.Sensor))
            {
                session.Write(new StoredSensor(archive.Number, sensor));
            }

            if (parts.Count > 0)
            {
                session.WriteJournal(_entry + 1, JournalEntry.Write(_bytes, parts));
            }
        });

        _entry += parts.Count > 0 ? 1 : 0;
        foreach (var (archive, sensor, next, samples) in _fresh)
        {
            archive.Told = sensor;
            archive.Next = next;
            archive.Add(samples);
            _waiting += samples.Count;
            Volatile.Write(ref _stored, _stored + samples.Count);
        }
    }

    private void Begin()
    {
        _settledEntry = _entry;
        foreach (var archive in _archives.All.Where(archive => archive.Waiting > 0))
        {
            _toSettle.Enqueue(archive);
        }
    }

    private void SettleSlice()
    {
        if (_toSettle.Count == 0)
        {
            return;
        }

        var slice = new List<SensorArchive>();
        try
        {
            var settled = store.Write(session =>
            {
                var count = 0;
                while (count < MostInSlice && _toSettle.TryPeek(out var archive))
                {
                    slice.Add(archive);
                    count += archive.Settle(session);
                    _toSettle.Dequeue();
                }

                if (_toSettle.Count == 0)
                {
                    session.DropJournal(_settledEntry);
                }

                return count;
            });
            slice.ForEach(archive => archive.Settled());
            _waiting -= settled;
            _settledAt = _toSettle.Count == 0 ? time.GetTimestamp() : _settledAt;
        }
        catch
        {
            // Nothing of it is stored: begun anew when the store is there again.
            slice.ForEach(archive => archive.NotSettled());
            _toSettle.Clear();
            throw;
        }
    }

    private sealed record Fresh(SensorArchive Archive, Sensor Sensor, long Next, SampleList Samples);
}
