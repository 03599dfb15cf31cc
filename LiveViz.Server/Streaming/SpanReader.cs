using LiveViz.Feeds;
using LiveViz.Server.History;

namespace LiveViz.Server.Streaming;

/// <summary>
/// Gives a span of the past as one frame, reduced to what can be shown of it: from the log, and where that does not reach
/// back to the span's beginning from history.
/// </summary>
internal sealed class SpanReader(SensorLog log, HistoryReader history, TimeProvider time)
{
    private const int SamplesAtOnce = 4096;

    // Of each sensor, where every sample is asked for: of more, nobody could hold the frame.
    private const int MostSamples = 1_000_000;

    /// <summary>Reads it.</summary>
    /// <returns>
    /// The bytes of a refill. A sensor of whose span neither log nor history holds the beginning states so as a gap.
    /// The samples of one that comes from history are numbered within the span.
    /// </returns>
    public async Task<byte[]> ReadAsync(SpanRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcTicks;
        var (from, to) = (Utc(request.From), Utc(request.To));
        var bucket = BucketWidth.For(to - from, request.Width);
        var writer = new FrameWriter(bucket);
        var scratch = new SampleBuffer(SamplesAtOnce);
        foreach (var series in new SensorSelection(log, request.SensorIds).TakeNew())
        {
            var points = new PointBuffer(64);
            var (first, end, missed) = await ReadHistoryAsync(series, from, to, bucket, scratch, points, cancellationToken) is { } count
                ? (1, count + 1, 0)
                : ReadLog(series, from, to, bucket, scratch, points);
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

    /// <returns>How many samples the points stand for; null where the log is to be read.</returns>
    private async Task<long?> ReadHistoryAsync(
        SensorSeries series, long from, long to, long bucket, SampleBuffer scratch, PointBuffer points, CancellationToken cancellationToken)
    {
        if (!history.Knows(series.Sensor.Id) || ReachesBackTo(series, from, scratch))
        {
            return null;
        }

        try
        {
            if (bucket > 0)
            {
                return RollupPoints.Add(await history.BucketsAsync(series.Sensor.Id, from, to + 1, bucket, cancellationToken), points);
            }

            var (samples, _) = await history.SamplesAsync(series.Sensor.Id, from, to + 1, MostSamples, cancellationToken);
            for (var i = 0; i < samples.Count; i++)
            {
                points.Add(samples.Ticks[i], samples.Values[i], samples.Marks[i], i + 1);
            }

            return samples.Count;
        }
        catch (HistoryException)
        {
            // What the log still holds is better than nothing, and it says what is missing.
            return null;
        }
    }

    private static (long First, long End, long Missed) ReadLog(
        SensorSeries series, long from, long to, long bucket, SampleBuffer scratch, PointBuffer points)
    {
        var (first, end) = Read(series, from, to, bucket, scratch, points);
        var oldest = series.Read(series.Oldest, scratch);
        var holdsBeginning = oldest == 1 || first > oldest || (scratch.Count > 0 && scratch.Ticks[0] < from);
        return (first, end, holdsBeginning ? 0 : first - 1);
    }

    private static bool ReachesBackTo(SensorSeries series, long from, SampleBuffer scratch)
    {
        series.Read(series.Oldest, scratch);
        return scratch.Count > 0 && scratch.Ticks[0] <= from;
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

    private static long Utc(DateTime time) => (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).Ticks;
}
