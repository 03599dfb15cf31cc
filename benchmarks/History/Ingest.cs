using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LiveViz.Benchmarks.History;

/// <summary>How many samples a second a server says it has stored that takes line protocol at <c>/write?db=bench</c>.</summary>
internal static class Ingest
{
    private const int Writers = 8;
    private const int Batch = 1000;
    private const int Sensors = 100;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    /// <summary>Writes to each of the servers in turn, three times.</summary>
    public static async Task RunAsync(IReadOnlyList<Uri> servers)
    {
        for (var round = 0; round < 3; round++)
        {
            foreach (var server in servers)
            {
                Console.WriteLine($"{server}: {await MeasureAsync(server, round):#,0} samples a second in batches of {Batch}, {Writers} writers");
            }
        }
    }

    private static async Task<double> MeasureAsync(Uri server, int round)
    {
        // A day of its own for each round: what is measured is what comes in the order of time.
        var start = LineProtocol.Nanoseconds(DateTime.UtcNow.AddDays(round - 20).Ticks);
        var next = 0L;
        var stored = 0L;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            using var client = new HttpClient();
            while (clock.Elapsed < Duration)
            {
                await LineProtocol.WriteAsync(client, server, Lines(start, Interlocked.Add(ref next, Batch / Sensors)));
                Interlocked.Add(ref stored, Batch);
            }
        })));
        return stored / clock.Elapsed.TotalSeconds;
    }

    private static string Lines(long start, long first)
    {
        var text = new StringBuilder(Batch * 64);
        for (var i = 0; i < Batch / Sensors; i++)
        {
            var time = start + ((first + i) * 10_000_000);
            for (var sensor = 0; sensor < Sensors; sensor++)
            {
                text.Append(CultureInfo.InvariantCulture, $"pump,line={sensor} temperature={60 + ((first + sensor) % 1000 * 0.01):0.00} {time}\n");
            }
        }

        return text.ToString();
    }
}
