namespace LiveViz.Benchmarks.History;

/// <summary>Bytes on the disk for each sample, rollups included, at several rates and for values of several kinds.</summary>
internal static class Footprint
{
    private const int Samples = 2_000_000;

    public static void Run()
    {
        Console.WriteLine("Bytes a sample, rollups included:");
        foreach (var rate in (double[])[0.5, 1, 5, 10, 100])
        {
            Console.WriteLine($"  {rate,5} a second: {Measure(rate, decimals: 2):0.0} with two decimals, {Measure(rate, decimals: null):0.0} with all the digits of a double");
        }
    }

    private static double Measure(double rate, int? decimals)
    {
        const int Sensors = 20;
        using var store = new TestStore();
        var series = Enumerable.Range(0, Sensors).Select(i => store.Series($"plant/line{i}/temperature")).ToArray();
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        var random = new Random(1);
        for (var i = 0; i < Samples / Sensors; i++)
        {
            // As a device sends: not quite at even times.
            var ticks = start + (long)(i / rate * TimeSpan.TicksPerSecond) + (random.Next(20) * TimeSpan.TicksPerMillisecond / 10);
            foreach (var one in series)
            {
                var value = 60 + (10 * Math.Sin(i / 500.0)) + random.NextDouble();
                one.Append(ticks, decimals is { } places ? Math.Round(value, places) : value, Quality.Good, ticks);
            }

            if (i % 20_000 == 0)
            {
                store.Settle();
            }
        }

        store.Settle();
        // What is still in the write-ahead log is copied into the file when it is closed.
        store.Writer.Store.Close();
        return (double)store.Bytes / Samples;
    }
}
