using System.Diagnostics;
using System.Globalization;
using System.Net;
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
    public static async Task RunAsync(IReadOnlyList<string> servers)
    {
        for (var round = 0; round < 3; round++)
        {
            foreach (var server in servers)
            {
                Console.WriteLine($"{server}: {await MeasureAsync(server, round):#,0} samples a second in batches of {Batch}, {Writers} writers");
            }
        }
    }

    private static async Task<double> MeasureAsync(string server, int round)
    {
        var address = new Uri(new Uri(server), "/write?db=bench");
        // A day of its own for each round: what is measured is what comes in the order of time.
        var start = (DateTime.UtcNow.AddDays(round - 20).Ticks - DateTime.UnixEpoch.Ticks) * 100;
        var next = 0L;
        var stored = 0L;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            using var client = new HttpClient();
            while (clock.Elapsed < Duration)
            {
                using var body = new StringContent(Lines(start, Interlocked.Add(ref next, Batch / Sensors)), Encoding.UTF8);
                using var answer = await client.PostAsync(address, body);
                if (answer.StatusCode != HttpStatusCode.NoContent)
                {
                    throw new InvalidOperationException($"{server} answers {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                }

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
