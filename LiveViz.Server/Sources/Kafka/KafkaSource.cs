using System.Runtime.CompilerServices;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.Kafka;

/// <summary>
/// Reads topics of Kafka as a consumer of a group. The group's offsets move on only over records whose samples are
/// stored, or of which none could be made; a record that cannot be read is counted and passed over.
/// </summary>
internal sealed class KafkaSource(KafkaOptions options, TimeProvider time, ILogger<KafkaSource> logger) : ISensorSource
{
    private readonly PayloadReader _reader = new(options);
    private readonly Rejections _rejections = new(options.Name, logger);
    private KafkaRun? _run;

    /// <inheritdoc />
    public bool Acknowledges => true;

    /// <inheritdoc />
    public long Rejected => _rejections.Count;

    /// <inheritdoc />
    public async IAsyncEnumerable<DataPoint> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var run = new KafkaRun(options, _reader, _rejections, time, logger);
        Volatile.Write(ref _run, run);
        run.Start();
        await foreach (var batch in run.Batches.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var point in batch)
            {
                yield return point;
            }
        }
    }

    /// <inheritdoc />
    public void Committed(long count) => Volatile.Read(ref _run)?.Committed(count);
}
