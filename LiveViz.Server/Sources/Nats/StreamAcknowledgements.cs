using System.Threading.Channels;
using LiveViz.Sources;
using NATS.Client.Core;

namespace LiveViz.Server.Sources.Nats;

/// <summary>What one run has yet to acknowledge to JetStream, and the loop that does so.</summary>
internal sealed class StreamAcknowledgements : IAsyncDisposable
{
    private static readonly byte[] Acknowledged = "+ACK"u8.ToArray();

    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(1);

    private readonly NatsConnection _connection;
    private readonly PendingAcknowledgements<StreamAcknowledgement> _pending = new();
    private readonly Lock _gate = new();
    private readonly HashSet<ulong> _sequences = [];
    private readonly Channel<long> _committed = Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Task _sending;
    private long _taken;

    public StreamAcknowledgements(NatsConnection connection)
    {
        _connection = connection;
        _sending = SendAsync();
    }

    /// <summary>Whether the message was not added before, or is acknowledged already.</summary>
    public bool IsNew(StreamAcknowledgement message)
    {
        lock (_gate)
        {
            return !_sequences.Contains(message.Sequence);
        }
    }

    /// <summary>Notes a message, before its samples are yielded.</summary>
    /// <param name="samples">How many it has.</param>
    /// <param name="message">The message.</param>
    public void Add(int samples, StreamAcknowledgement message)
    {
        lock (_gate)
        {
            _sequences.Add(message.Sequence);
        }

        _taken += samples;
        _pending.Add(_taken, message);
        if (samples == 0)
        {
            // Nothing will be said of it: what is stored already may be all that came before it.
            _committed.Writer.TryWrite(0);
        }
    }

    /// <summary>The first <paramref name="count"/> samples are stored.</summary>
    public void Committed(long count) => _committed.Writer.TryWrite(count);

    /// <summary>Sends what may be sent still, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _committed.Writer.TryComplete();
        // Where the connection is lost, what is being sent waits for it until it is closed.
        await Task.WhenAny(_sending, Task.Delay(LongestEnd)).ConfigureAwait(false);
    }

    private async Task SendAsync()
    {
        var highest = 0L;
        try
        {
            await foreach (var count in _committed.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                highest = Math.Max(highest, count);
                foreach (var message in _pending.TakeCommitted(highest))
                {
                    await _connection.PublishAsync(message.Reply, Acknowledged).ConfigureAwait(false);
                    lock (_gate)
                    {
                        _sequences.Remove(message.Sequence);
                    }
                }
            }
        }
        catch (Exception e) when (e is NatsException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is gone, and the run with it; what is not acknowledged comes again.
        }
    }
}
