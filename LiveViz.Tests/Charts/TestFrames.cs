namespace LiveViz.Tests.Charts;

/// <summary>Makes frames; times are seconds after the start of the clock.</summary>
internal static class TestFrames
{
    public static Frame Frame(double seconds, params FrameColumn[] columns) => new(1, Clock.Start.AddSeconds(seconds), false, TimeSpan.Zero, columns);

    public static Frame Refill(double seconds, params FrameColumn[] columns) => Frame(seconds, columns) with { IsRefill = true };

    public static FrameColumn Column(string id, params (double Seconds, double Value)[] samples) => new()
    {
        SensorId = id,
        Number = 0,
        First = 1,
        Sequences = [.. samples.Select((_, i) => 1L + i)],
        Covered = samples.Length,
        Ticks = [.. samples.Select(sample => Clock.Ticks(sample.Seconds))],
        Values = [.. samples.Select(sample => sample.Value)],
        Marks = new SampleMarks[samples.Length],
        Latest = samples.Length == 0 ? null : new LatestSample(
            Clock.Start.AddSeconds(samples[^1].Seconds), samples[^1].Value, Quality.Good, Clock.Start.AddSeconds(samples[^1].Seconds)),
        IsStale = false,
    };
}
