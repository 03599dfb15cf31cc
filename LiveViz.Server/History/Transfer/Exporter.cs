namespace LiveViz.Server.History.Transfer;

/// <summary>Writes a range of sensors out: one after the other, each in the order of time, with memory for some thousand samples.</summary>
internal static class Exporter
{
    /// <summary>Writes it.</summary>
    /// <returns>How many samples were written.</returns>
    /// <exception cref="HistoryException">They cannot be read now.</exception>
    public static async Task<long> WriteAsync(
        ReadSamples read, IReadOnlyList<string> sensorIds, TimeRange range, ISampleExport export, CancellationToken cancellationToken)
    {
        var count = 0L;
        foreach (var id in sensorIds)
        {
            await foreach (var samples in read.PagesAsync(id, range.From, range.Until, cancellationToken))
            {
                await export.WriteAsync(id, samples, cancellationToken);
                count += samples.Count;
            }
        }

        await export.FinishAsync(cancellationToken);
        return count;
    }
}
