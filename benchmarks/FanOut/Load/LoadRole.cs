using System.Diagnostics;
using System.Text.Json;

namespace LiveViz.FanOut.Load;

/// <summary>Connects the clients, lets them warm up, and measures: what comes, how late, and what it costs the server.</summary>
internal static class LoadRole
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    // A server that has not told its clients the past by then will be measured while it does.
    private static readonly TimeSpan LongestWarmup = TimeSpan.FromSeconds(90);

    public static int Run(string[] args)
    {
        var settings = new Settings();
        CommandLine.Apply(args, settings);
        Console.WriteLine(JsonSerializer.Serialize(Measure(settings)));
        return 0;
    }

    private static LoadResult Measure(Settings settings)
    {
        using var server = Process.GetProcessById(settings.ServerProcess);
        var memoryBefore = server.WorkingSet64;
        var connecting = Stopwatch.StartNew();
        var crowd = new Crowd(settings);
        var connected = connecting.Elapsed;
        Thread.Sleep(TimeSpan.FromSeconds(settings.Warmup));
        while (!IsPastTold() && connecting.Elapsed - connected < LongestWarmup)
        {
            Thread.Sleep(BetweenLooks);
        }

        var isPastTold = IsPastTold();
        var (reading, stalling) = crowd.Stall(settings.Clients * settings.Stalled / 100);
        var stalled = new StalledClients(settings.Port, stalling);
        SetMeasuring(true);
        var start = Snapshot.Take(server, reading, crowd.Tallies);
        while (Stopwatch.GetElapsedTime(start.Time).TotalSeconds < settings.Seconds)
        {
            Thread.Sleep(BetweenLooks);
            stalled.Look();
        }

        var end = Snapshot.Take(server, reading, crowd.Tallies);
        SetMeasuring(false);
        server.Refresh();
        var memoryAfter = server.WorkingSet64;
        crowd.Stop();

        var latency = new Histogram();
        foreach (var tally in crowd.Tallies)
        {
            latency.Add(tally.Latency);
        }

        double sampled = crowd.Tallies.Length;
        return new LoadResult
        {
            ConnectSeconds = connected.TotalSeconds,
            IsPastTold = isPastTold,
            Seconds = Stopwatch.GetElapsedTime(start.Time, end.Time).TotalSeconds,
            Reading = reading.Count(client => !client.IsClosed),
            ClosedWhileReading = reading.Count(client => client.IsClosed),
            PointsPerClient = (end.Points - start.Points) / sampled,
            CoveredPerClient = (end.Covered - start.Covered) / sampled,
            BytesPerSampled = (end.SampledBytes - start.SampledBytes) / sampled,
            BytesPerOther = (end.OtherBytes - start.OtherBytes) / Math.Max(1, reading.Count - sampled),
            MessagesPerClient = (end.Messages - start.Messages) / (double)reading.Count,
            Lost = crowd.Tallies.Sum(tally => tally.Lost),
            Repeated = crowd.Tallies.Sum(tally => tally.Repeated),
            Latency50 = latency.Percentile(0.5),
            Latency99 = latency.Percentile(0.99),
            WorstGap = crowd.Tallies.Max(tally => tally.WorstGap) / (double)TimeSpan.TicksPerMillisecond,
            ServerCpuSeconds = (end.ServerCpu - start.ServerCpu).TotalSeconds,
            LoadCpuSeconds = (end.LoadCpu - start.LoadCpu).TotalSeconds,
            MemoryBefore = memoryBefore,
            MemoryAfter = memoryAfter,
            StalledClosedAfter = stalled.ClosedAfter,
        };

        bool IsPastTold() => Array.TrueForAll(crowd.Tallies, tally => tally.IsPastTold);

        void SetMeasuring(bool on)
        {
            foreach (var tally in crowd.Tallies)
            {
                tally.IsMeasuring = on;
            }
        }
    }
}
