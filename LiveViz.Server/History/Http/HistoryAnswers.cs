using LiveViz.Server.History.Transfer;
using LiveViz.Server.Streaming;

namespace LiveViz.Server.History.Http;

/// <summary>What there is of sensors' past: from history, with all that came until now; where none is kept, from the log.</summary>
internal sealed class HistoryAnswers(Historian historian, HistoryReader history, SensorLog log)
{
    private readonly LogSamples _log = new(log);

    /// <summary>Whether history is kept; else what is given is only what is in memory.</summary>
    public bool IsOn => history.IsOn;

    /// <summary>Reads samples.</summary>
    public ReadSamples Read => history.IsOn ? history.SamplesAsync : _log.ReadAsync;

    /// <summary>Waits until what came before this call can be read.</summary>
    /// <exception cref="HistoryException">It cannot be stored now.</exception>
    public Task UpToDateAsync(CancellationToken cancellationToken) => historian.StoredAsync(cancellationToken);

    /// <summary>What is known of a sensor; null where it is not known.</summary>
    public Sensor? About(string sensorId) =>
        history.IsOn ? history.About(sensorId) : log.TryGet(sensorId, out var series) ? series.Sensor : null;

    /// <summary>Whether all that ever came of a span is held.</summary>
    public bool IsComplete(string sensorId, TimeRange range) => history.IsOn || _log.ReachesBackTo(sensorId, range.From);

    /// <summary>Buckets that hold samples, in the order of time.</summary>
    public async Task<List<Rollup>> BucketsAsync(string sensorId, TimeRange range, long bucketTicks, CancellationToken cancellationToken)
    {
        if (history.IsOn)
        {
            return await history.BucketsAsync(sensorId, range.From, range.Until, bucketTicks, cancellationToken);
        }

        var buckets = new RollupBuckets(bucketTicks);
        await foreach (var samples in Read.PagesAsync(sensorId, range.From, range.Until, cancellationToken))
        {
            buckets.Add(samples);
        }

        return buckets.Done;
    }
}
