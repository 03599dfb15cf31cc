namespace LiveViz.Server.Streaming;

/// <summary>What makes two subscriptions the same, so that one encoding serves both.</summary>
/// <param name="Sensors">The ids wanted, in order, a line each; empty for every sensor.</param>
/// <param name="BucketTicks">To which time buckets samples are reduced; 0 for every sample.</param>
/// <param name="PeriodTicks">How long from frame to frame, at least.</param>
/// <param name="Single">Whether values of 32 bits will do.</param>
internal sealed record FrameKey(string Sensors, long BucketTicks, long PeriodTicks, bool Single)
{
    private static readonly long LongestCoarsePeriod = TimeSpan.TicksPerSecond;

    /// <summary>What a request asks for.</summary>
    public static FrameKey Of(FrameRequest request) => new(
        // A line break stands in no id: the intake refuses it.
        string.Join('\n', (request.SensorIds ?? []).Distinct().Order(StringComparer.Ordinal)),
        request.Bucket.Ticks,
        (long)(TimeSpan.TicksPerSecond / request.FramesPerSecond),
        request.SinglePrecision);

    /// <summary>What a reader is given who cannot keep up with this: wider buckets, half as often.</summary>
    public FrameKey Coarser() => this with
    {
        BucketTicks = BucketWidth.Coarser(BucketTicks),
        PeriodTicks = Math.Max(PeriodTicks, Math.Min(2 * PeriodTicks, LongestCoarsePeriod)),
    };

    /// <summary>The ids wanted; none for every sensor.</summary>
    public string[] SensorIds => Sensors.Length == 0 ? [] : Sensors.Split('\n');
}
