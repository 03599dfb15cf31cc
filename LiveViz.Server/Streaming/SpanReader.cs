using LiveViz.Feeds;

namespace LiveViz.Server.Streaming;

/// <summary>Gives a span of the past, as far as the log holds it, as one frame, reduced to what can be shown of it.</summary>
internal static class SpanReader
{
    private const int SamplesAtOnce = 4096;

    /// <summary>Reads it.</summary>
    /// <returns>
    /// The bytes of a refill. A sensor of whose span the log no longer holds the beginning states so as a gap.
    /// </returns>
    public static byte[] Read(SensorLog log, SpanRequest request, long now)
    {
        var (from, to) = (Utc(request.From), Utc(request.To));
        var bucket = BucketWidth.For(to - from, request.Width);
        var writer = new FrameWriter(bucket);
        var scratch = new SampleBuffer(SamplesAtOnce);
        foreach (var series in new SensorSelection(log, request.SensorIds).TakeNew())
        {
            var points = new PointBuffer(64);
            var (first, end) = Read(series, from, to, bucket, scratch, points);
            var missed = HoldsBeginning(series, first, from, scratch) ? 0 : first - 1;
            writer.Column(
                new ColumnHead(series.Index, series.Sensor.Id)
                {
                    Marks = ColumnMarks.Named | (missed > 0 ? ColumnMarks.HasGap : ColumnMarks.None),
                    First = first,
                    Covered = end - first,
                    Missed = missed,
                    Reason = GapReason.Overwritten,
                },
                points,
                now);
        }

        return writer.Finish(log.Epoch, now, isRefill: true);
    }

    private static (long First, long End) Read(SensorSeries series, long from, long to, long bucket, SampleBuffer scratch, PointBuffer points)
    {
        var samples = Samples(series, from, to, scratch);
        if (samples.Count == 0)
        {
            return (series.Next, series.Next);
        }

        var first = samples.Min(sample => sample.Sequence);
        var end = samples.Max(sample => sample.Sequence) + 1;
        var reducer = bucket > 0 ? new BucketReducer(bucket) : null;
        // In the order of time: a sample that came late stands where it belongs.
        foreach (var (ticks, value, marks, sequence) in samples.OrderBy(sample => sample.Ticks))
        {
            if (reducer is null)
            {
                points.Add(ticks, value, marks, sequence);
            }
            else
            {
                reducer.Add(ticks, value, marks, sequence, points);
            }
        }

        reducer?.Flush(points);
        return (first, end);
    }

    private static List<(long Ticks, double Value, SampleMarks Marks, long Sequence)> Samples(
        SensorSeries series, long from, long to, SampleBuffer scratch)
    {
        var samples = new List<(long, double, SampleMarks, long)>();
        // Where no sample ever came late, the first one beyond the span ends it.
        var isInOrder = series.Disorder == 0;
        for (long next = series.Find(from), end = series.Next; next < end;)
        {
            var first = series.Read(next, scratch);
            for (var i = 0; i < scratch.Count; i++)
            {
                if (isInOrder && scratch.Ticks[i] > to)
                {
                    return samples;
                }

                if (scratch.Ticks[i] >= from && scratch.Ticks[i] <= to)
                {
                    samples.Add((scratch.Ticks[i], scratch.Values[i], scratch.Marks[i], first + i));
                }
            }

            next = first + scratch.Count;
        }

        return samples;
    }

    private static bool HoldsBeginning(SensorSeries series, long first, long from, SampleBuffer scratch)
    {
        var oldest = series.Read(series.Oldest, scratch);
        return oldest == 1 || first > oldest || (scratch.Count > 0 && scratch.Ticks[0] < from);
    }

    private static long Utc(DateTime time) => (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).Ticks;
}
