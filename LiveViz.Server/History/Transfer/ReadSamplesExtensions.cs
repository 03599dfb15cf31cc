using System.Runtime.CompilerServices;

namespace LiveViz.Server.History.Transfer;

/// <summary>Reads however many samples with memory for few.</summary>
internal static class ReadSamplesExtensions
{
    // What is read of a store at once, less a few blocks, so that hardly any is read twice.
    private const int AtOnce = 30_000;

    /// <summary>All samples of a sensor from one time on and before another, in the order of time, in runs.</summary>
    public static async IAsyncEnumerable<Samples> PagesAsync(
        this ReadSamples read, string sensorId, long from, long until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var (samples, isAll) = await read(sensorId, from, until, AtOnce, cancellationToken);
            if (samples.Count > 0)
            {
                yield return samples;
                from = samples.Last + 1;
            }

            if (isAll)
            {
                yield break;
            }
        }
    }
}
