using LiveViz.Server.Streaming;

namespace LiveViz.Server.History.Transfer;

/// <summary>What the log holds, where no history is kept.</summary>
internal sealed class LogSamples(SensorLog log)
{
    private const int AtOnce = 4096;

    /// <summary>Whether it holds what came of a sensor from a time on, as far as that can be known.</summary>
    public bool ReachesBackTo(string sensorId, long from)
    {
        var series = Series(sensorId);
        var scratch = new SampleBuffer(1);
        var oldest = series.Read(series.Oldest, scratch);
        return oldest == 1 || (scratch.Count > 0 && scratch.Ticks[0] < from);
    }

    /// <inheritdoc cref="ReadSamples"/>
    public Task<(Samples Samples, bool IsAll)> ReadAsync(string sensorId, long from, long until, int most, CancellationToken cancellationToken)
    {
        var series = Series(sensorId);
        // Where no sample ever came late it goes by pages; else only all of them can be put in order.
        var isInOrder = series.Disorder == 0;
        var samples = new SampleList();
        var scratch = new SampleBuffer(AtOnce);
        for (long next = series.Find(from), end = series.Next; next < end;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            next = series.Read(next, scratch) + scratch.Count;
            for (var i = 0; i < scratch.Count; i++)
            {
                if (isInOrder && (scratch.Ticks[i] >= until || samples.Count > most))
                {
                    return Task.FromResult((samples.ToSamples(), scratch.Ticks[i] >= until));
                }

                if (scratch.Ticks[i] >= from && scratch.Ticks[i] < until)
                {
                    samples.Add(scratch.Ticks[i], scratch.Values[i], scratch.Marks[i]);
                }
            }
        }

        return Task.FromResult((samples.ToSamples(), true));
    }

    private SensorSeries Series(string sensorId) =>
        log.TryGet(sensorId, out var series) ? series : throw new ArgumentException($"The log holds no sensor {sensorId}.", nameof(sensorId));
}
