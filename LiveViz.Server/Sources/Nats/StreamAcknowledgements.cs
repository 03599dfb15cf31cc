using LiveViz.Server.Sources.Payloads;
using NATS.Client.Core;

namespace LiveViz.Server.Sources.Nats;

/// <summary>What one run has yet to acknowledge to JetStream.</summary>
internal sealed class StreamAcknowledgements : IAsyncDisposable
{
    private static readonly byte[] Acknowledged = "+ACK"u8.ToArray();

    private readonly NatsConnection _connection;
    private readonly Acknowledger<StreamAcknowledgement> _acknowledger;
    private readonly Lock _gate = new();
    private readonly HashSet<ulong> _pending = [];

    public StreamAcknowledgements(NatsConnection connection)
    {
        _connection = connection;
        _acknowledger = new Acknowledger<StreamAcknowledgement>(AcknowledgeAsync);
    }

    /// <summary>Notes a message, before its samples are yielded.</summary>
    /// <param name="samples">How many it has.</param>
    /// <param name="message">The message.</param>
    public void Add(int samples, StreamAcknowledgement message)
    {
        lock (_gate)
        {
            _pending.Add(message.Sequence);
        }

        _acknowledger.Add(samples, message);
    }

    /// <summary>Whether the message was added already, and is not acknowledged yet.</summary>
    public bool IsPending(StreamAcknowledgement message)
    {
        lock (_gate)
        {
            return _pending.Contains(message.Sequence);
        }
    }

    /// <summary>The first <paramref name="count"/> samples are stored.</summary>
    public void Committed(long count) => _acknowledger.Committed(count);

    /// <summary>Sends what may be sent still, and ends.</summary>
    public ValueTask DisposeAsync() => _acknowledger.DisposeAsync();

    private async Task AcknowledgeAsync(IReadOnlyList<StreamAcknowledgement> messages)
    {
        foreach (var message in messages)
        {
            await _connection.PublishAsync(message.Reply, Acknowledged).ConfigureAwait(false);
            lock (_gate)
            {
                _pending.Remove(message.Sequence);
            }
        }
    }
}
