using System.Diagnostics;

namespace LiveViz.FanOut.Load;

/// <summary>What has come, and what it has cost, until a moment.</summary>
internal sealed record Snapshot(
    long Time, long Points, long Covered, long SampledBytes, long OtherBytes, long Messages, TimeSpan ServerCpu, TimeSpan LoadCpu)
{
    public static Snapshot Take(Process server, IReadOnlyCollection<Client> reading, IReadOnlyCollection<Tally> tallies)
    {
        server.Refresh();
        return new(
            Stopwatch.GetTimestamp(),
            tallies.Sum(tally => tally.Points),
            tallies.Sum(tally => tally.Covered),
            reading.Where(client => client.IsSampled).Sum(client => client.Bytes),
            reading.Where(client => !client.IsSampled).Sum(client => client.Bytes),
            reading.Sum(client => client.Messages),
            server.TotalProcessorTime,
            Environment.CpuUsage.TotalTime);
    }
}
