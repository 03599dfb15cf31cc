using System.Runtime.CompilerServices;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.Nats;

/// <summary>
/// Reads subjects of NATS as they come, or a stream of its JetStream, whose messages are acknowledged when their samples
/// are stored, or none could be made of them. A message that cannot be read is counted and passed over.
/// </summary>
internal sealed class NatsSource(NatsOptions options, TimeProvider time, ILogger<NatsSource> logger) : ISensorSource
{
    private readonly PayloadReader _reader = new(options);
    private readonly Rejections _rejections = new(options.Name, logger);
    private StreamAcknowledgements? _acknowledgements;

    /// <inheritdoc />
    public bool Acknowledges => IsStream;

    /// <inheritdoc />
    public long Rejected => _rejections.Count;

    private bool IsStream => !string.IsNullOrEmpty(options.Stream);

    /// <inheritdoc />
    public async IAsyncEnumerable<DataPoint> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var link = await NatsLink.OpenAsync(options, _rejections, cancellationToken).ConfigureAwait(false);
        var points = new List<DataPoint>();
        await using var acknowledgements = new StreamAcknowledgements(link.Connection);
        Volatile.Write(ref _acknowledgements, acknowledgements);
        var messages = IsStream
            ? StreamMessages.ReadAsync(link.Connection, options, cancellationToken)
            : SubjectMessages.ReadAsync(link.Connection, options, time, cancellationToken);
        await foreach (var message in link.Watch(messages, cancellationToken).ConfigureAwait(false))
        {
            if (message.Acknowledge is { } again && acknowledgements.IsPending(again))
            {
                // The server sends again what is not acknowledged for long, as while nothing can be stored; it is on its way.
                continue;
            }

            points.Clear();
            Read(message, points);
            if (message.Acknowledge is { } acknowledge)
            {
                acknowledgements.Add(points.Count, acknowledge);
            }

            foreach (var point in points)
            {
                yield return point;
            }
        }
    }

    /// <inheritdoc />
    public void Committed(long count) => Volatile.Read(ref _acknowledgements)?.Committed(count);

    private void Read(NatsMessage message, List<DataPoint> points)
    {
        // The subject, then its tokens.
        string?[] names = [message.Subject, .. message.Subject.Split('.')];
        var rejected = _reader.Read(message.Data, names, message.Time, points, out var problem);
        if (rejected > 0)
        {
            var number = message.Acknowledge is { } one ? $"message {one.Sequence}" : "a message";
            _rejections.Add(rejected, $"{number} on {message.Subject}", problem);
        }
    }
}
