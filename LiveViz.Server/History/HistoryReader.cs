namespace LiveViz.Server.History;

/// <summary>Reads back what was stored, with what has come since: any span, as finely as it is asked for.</summary>
internal sealed class HistoryReader(Historian historian)
{
    private readonly ArchiveWriter? _writer = historian.Writer;

    // Late samples may come faster than they are put in their place; what has come by then is told of the next time.
    private const int MostTries = 3;

    /// <summary>Whether there is any history.</summary>
    public bool IsOn => _writer is not null;

    /// <summary>Whether samples of the sensor are stored.</summary>
    public bool Knows(string sensorId) => _writer?.Find(sensorId) is not null;

    /// <summary>What is known of a sensor; null where none of its samples were ever stored.</summary>
    public Sensor? About(string sensorId) => _writer?.Find(sensorId)?.Told;

    /// <summary>The samples of a sensor from one time on and before another, each.</summary>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="from">In ticks.</param>
    /// <param name="until">In ticks.</param>
    /// <param name="most">How many at most: of more, the first.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The samples, and whether these are all.</returns>
    /// <exception cref="HistoryException">The store cannot be read now.</exception>
    public Task<(Samples Samples, bool IsAll)> SamplesAsync(string sensorId, long from, long until, int most, CancellationToken cancellationToken) =>
        ReadAsync(sensorId, from, until, (reader, waiting, stored) =>
        {
            var samples = new SampleList();
            foreach (var run in reader.Blocks(from, stored).Append(waiting))
            {
                samples.Add(run);
                if (samples.Count > most)
                {
                    break;
                }
            }

            var all = samples.ToSamples();
            return (all.Slice(0, Math.Min(all.Count, most)), all.Count <= most);
        }, (Samples.None, true), cancellationToken);

    /// <summary>The samples of a sensor from one time on and before another, as rollups of buckets of a width that is counted from absolute time.</summary>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="from">In ticks.</param>
    /// <param name="until">In ticks.</param>
    /// <param name="bucketTicks">How wide a bucket is, in ticks; more than 0.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Buckets that hold samples, in the order of time.</returns>
    /// <exception cref="HistoryException">The store cannot be read now.</exception>
    public Task<List<Rollup>> BucketsAsync(string sensorId, long from, long until, long bucketTicks, CancellationToken cancellationToken) =>
        ReadAsync(sensorId, from, until, (reader, waiting, stored) =>
        {
            var buckets = new RollupBuckets(bucketTicks);
            foreach (var piece in reader.Read(RollupLevel.For(bucketTicks), from, stored))
            {
                buckets.Add(piece);
            }

            buckets.Add(waiting);
            return buckets.Done;
        }, [], cancellationToken);

    /// <summary>Reads what stands in blocks before a time, and gives what waits from then on with it.</summary>
    private async Task<T> ReadAsync<T>(
        string sensorId, long from, long until, Func<BucketReader, Samples, long, T> read, T none, CancellationToken cancellationToken)
    {
        if (_writer?.Find(sensorId) is not { } archive || from >= until)
        {
            return none;
        }

        for (var attempt = 1; ; attempt++)
        {
            var (waiting, stored) = archive.Peek();
            waiting = waiting.Between(from, until);
            if (waiting.Count > 0 && waiting.First <= stored && attempt < MostTries)
            {
                await historian.SettledAsync(cancellationToken);
                continue;
            }

            var end = stored == long.MinValue ? from : Math.Min(until, stored + 1);
            waiting = waiting.Between(end, until);
            return await Task.Run(() => _writer.Store.Read(session => read(new BucketReader(session, archive.Number), waiting, end)), cancellationToken);
        }
    }
}
