using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LiveViz.Benchmarks.History;

/// <summary>
/// How long a LiveViz server and an InfluxDB 1 take to say, over HTTP, what about 2,000 buckets of one sensor hold: first,
/// lowest, highest, last, mean and number, of a thousandth to all of its samples.
/// </summary>
internal static class Query
{
    private const int Batch = 5000;
    private const int Writers = 4;
    private const int Tries = 11;
    private const double LongEnough = 30_000;
    private const long Step = TimeSpan.TicksPerMillisecond * 10;

    public static async Task RunAsync(Uri liveViz, Uri influx, long samples)
    {
        var start = DateTime.UtcNow.AddDays(-1).Ticks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour - (samples * Step);
        foreach (var server in (Uri[])[liveViz, influx])
        {
            var clock = Stopwatch.StartNew();
            await FillAsync(server, start, samples);
            Console.WriteLine($"{server}: {samples:#,0} samples of one sensor taken in {clock.Elapsed.TotalSeconds:0} s");
        }

        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        var until = start + (samples * Step);
        foreach (var part in (double[])[1, 0.1, 0.01, 0.001])
        {
            var from = until - (long)((until - start) * part);
            var ours = await MedianAsync(client, new Uri(liveViz, FormattableString.Invariant($"/api/v1/sensors/query.temperature/history?from={Iso(from)}&to={Iso(until)}&points=2000")));
            var bucket = TimeSpan.FromTicks((until - from) / 2000);
            var question = FormattableString.Invariant($"SELECT first(temperature), min(temperature), max(temperature), last(temperature), mean(temperature), count(temperature) FROM \"query\" WHERE time >= '{Iso(from)}' AND time < '{Iso(until)}' GROUP BY time({bucket.TotalMilliseconds:0}ms)");
            var theirs = await MedianAsync(client, new Uri(influx, "/query?db=bench&epoch=ms&q=" + Uri.EscapeDataString(question)));
            Console.WriteLine($"{TimeSpan.FromTicks(until - from).TotalHours,7:0.0} h: LiveViz {ours:0.0} ms, InfluxDB {theirs:0.0} ms");
        }
    }

    private static string Iso(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture);

    private static async Task FillAsync(Uri server, long start, long samples)
    {
        var next = -Batch;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            using var client = new HttpClient();
            while (Interlocked.Add(ref next, Batch) is var first && first < samples)
            {
                await LineProtocol.WriteAsync(client, server, Lines(start, first));
            }
        })));
    }

    private static string Lines(long start, long first)
    {
        var text = new StringBuilder(Batch * 48);
        var random = new Random((int)first);
        for (var i = first; i < first + Batch; i++)
        {
            var nanoseconds = LineProtocol.Nanoseconds(start + (i * Step));
            text.Append(CultureInfo.InvariantCulture, $"query temperature={60 + (10 * Math.Sin(i / 5e5)) + random.NextDouble():0.00} {nanoseconds}\n");
        }

        return text.ToString();
    }

    private static async Task<double> MedianAsync(HttpClient client, Uri address)
    {
        var times = new List<double>();
        for (var i = 0; i < Tries && times.Sum() < LongEnough; i++)
        {
            var clock = Stopwatch.StartNew();
            using var answer = await client.GetAsync(address);
            var body = await answer.Content.ReadAsStringAsync();
            times.Add(clock.Elapsed.TotalMilliseconds);
            if (!answer.IsSuccessStatusCode || body.Length < 10_000)
            {
                throw new InvalidOperationException($"{address} answers {answer.StatusCode}: {body}");
            }
        }

        return times.Order().ElementAt(times.Count / 2);
    }
}
