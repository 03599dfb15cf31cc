using LiveViz.Server.Streaming;

namespace LiveViz.Server.History;

/// <summary>Brings the past of sensors back into the log, so that charts open with it at once, as before a restart.</summary>
internal sealed class LogReader(SensorLog log, TimeProvider time, TimeSpan readAhead)
{
    /// <summary>Reads the newest samples of each, all together no more than half of what the log holds.</summary>
    public void Read(HistorySession session, IReadOnlyList<StoredSensor> sensors, Func<StoredSensor, SensorArchive> archives)
    {
        var now = time.GetUtcNow().UtcTicks;
        var most = sensors.Count == 0 ? 0 : log.Capacity / 2 / sensors.Count;
        foreach (var stored in sensors)
        {
            // A recording is played anew, from its own beginning.
            if (stored.Sensor.Recorded || !log.TryAdd(stored.Sensor, out var series) || series.Next > 1)
            {
                continue;
            }

            var archive = archives(stored);
            var newest = Newest(session, archive, now - readAhead.Ticks, most);
            newest.Reverse();
            foreach (var samples in newest)
            {
                for (var i = 0; i < samples.Count; i++)
                {
                    // That it was received when it was measured is the best that is known.
                    series.Append(samples.Ticks[i], samples.Values[i], samples.Marks[i].Quality(), Math.Min(now, samples.Ticks[i]));
                }
            }

            archive.Next = series.Next;
        }
    }

    /// <summary>The newest samples of a sensor, as runs, the newest run first.</summary>
    private static List<Samples> Newest(HistorySession session, SensorArchive archive, long from, long most)
    {
        var (waiting, _) = archive.Peek();
        var runs = new List<Samples>();
        var count = 0L;
        Add(waiting);
        for (var at = long.MaxValue; count < most && session.BlockAt(archive.Number, at) is { } block && block.Last >= from; at = block.First - 1)
        {
            // What waits and lies before what is stored came late: it is left to those who look back.
            Add(block.Read());
        }

        return runs;

        void Add(Samples samples)
        {
            samples = samples.Between(from, long.MaxValue);
            samples = samples.Slice((int)Math.Max(0, samples.Count - (most - count)), samples.Count);
            count += samples.Count;
            if (samples.Count > 0)
            {
                runs.Add(samples);
            }
        }
    }
}
