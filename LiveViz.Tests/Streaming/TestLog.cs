using LiveViz.Server;
using LiveViz.Server.Streaming;
using Microsoft.Extensions.Options;

namespace LiveViz.Tests.Streaming;

/// <summary>Makes logs, and fills them.</summary>
internal static class TestLog
{
    /// <summary>Blocks that the smallest log has.</summary>
    public const int SmallestBudget = 1024 * 1024 / LogBlock.Bytes;

    public static SensorLog New(TimeProvider? time = null, int megabytes = 1, double staleAfterSeconds = 5) =>
        new(
            Options.Create(new LiveVizOptions { LogMegabytes = megabytes, StaleAfter = TimeSpan.FromSeconds(staleAfterSeconds) }),
            time ?? Clock.New());

    public static SensorSeries Open(this SensorLog log, string id = "a") => log.Open(new Sensor { Id = id });

    public static SensorSeries Open(this SensorLog log, Sensor sensor)
    {
        Assert.True(log.TryAdd(sensor, out var series));
        return series;
    }

    /// <summary>Appends a sample measured and received at one time, in seconds after the start of the clock.</summary>
    public static long Append(this SensorSeries series, double seconds, double value = 0, Quality quality = Quality.Good) =>
        series.Append(Clock.Ticks(seconds), value, quality, Clock.Ticks(seconds));

    /// <summary>Appends samples a millisecond apart whose values are their sequences.</summary>
    public static void Fill(this SensorSeries series, int count)
    {
        for (var i = 0; i < count; i++)
        {
            series.Append(series.Next / 1000.0, series.Next);
        }
    }

    public static long Held(this SensorSeries series) => series.Next - series.Oldest;

    /// <summary>What is said of each of the series' samples.</summary>
    public static SampleMarks[] AllMarks(this SensorSeries series)
    {
        var buffer = new SampleBuffer((int)series.Held());
        series.Read(series.Oldest, buffer);
        return buffer.Marks[..buffer.Count];
    }
}
