using System.Diagnostics;
using LiveViz.Server.History;
using LiveViz.Server.Streaming;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveViz.Benchmarks.History;

/// <summary>One sensor at 100 samples a second: how quickly it is stored, and how quickly 2,000 pixels of all of it are read.</summary>
internal static class Envelope
{
    private const int Pixels = 2000;
    private const int Tries = 21;

    public static void Run(long samples)
    {
        using var store = new TestStore();
        var series = store.Series("a");
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        var random = new Random(1);
        var (low, high) = (double.MaxValue, double.MinValue);
        var clock = Stopwatch.StartNew();
        for (long i = 0; i < samples; i++)
        {
            var value = Math.Round(60 + (10 * Math.Sin(i / 5e5)) + random.NextDouble(), 2);
            value += i == samples / 3 ? 100 : i == samples / 2 ? -100 : 0;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
            var ticks = start + (i * (TimeSpan.TicksPerSecond / 100));
            series.Append(ticks, value, Quality.Good, ticks);
            if (i % 500_000 == 0)
            {
                store.Settle();
                Console.Error.Write($"\r{100 * i / samples} % ");
            }
        }

        store.Settle();
        Console.Error.Write("\r");
        Console.WriteLine($"{samples:#,0} samples of one sensor stored in {clock.Elapsed.TotalSeconds:0} s: {samples / clock.Elapsed.TotalSeconds:#,0} a second; {(double)store.Bytes / samples:0.0} bytes each");

        using var historian = new Historian(store.Writer, TimeProvider.System, NullLogger<Historian>.Instance);
        var reader = new HistoryReader(historian);
        foreach (var part in (double[])[1, 0.1, 0.01, 0.001])
        {
            var until = start + (samples * (TimeSpan.TicksPerSecond / 100));
            var from = until - (long)((until - start) * part);
            var bucket = BucketWidth.For(until - from, Pixels * BucketWidth.PointsPerBucket);
            List<Rollup> buckets = [];
            var times = Enumerable.Range(0, Tries).Select(_ =>
            {
                var one = Stopwatch.StartNew();
                buckets = reader.BucketsAsync("a", from, until, bucket, default).GetAwaiter().GetResult();
                return one.Elapsed.TotalMilliseconds;
            }).Order().ToList();
            var isExact = part < 1 || (buckets.Min(b => b.Low), buckets.Max(b => b.High)) == (low, high);
            Console.WriteLine(
                $"{TimeSpan.FromTicks(until - from).TotalHours,7:0.0} h in {buckets.Count,5} buckets of {TimeSpan.FromTicks(bucket).TotalSeconds,5} s: "
                + $"{times[Tries / 2]:0.0} ms median, {times[^1]:0.0} ms longest; lowest and highest {(isExact ? "exact" : "WRONG")}");
        }
    }
}
