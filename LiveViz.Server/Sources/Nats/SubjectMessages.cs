using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NATS.Client.Core;

namespace LiveViz.Server.Sources.Nats;

/// <summary>Reads subjects as they come.</summary>
internal static class SubjectMessages
{
    private const int ReadAhead = 256;

    public static async IAsyncEnumerable<NatsMessage> ReadAsync(
        NatsConnection connection, NatsOptions options, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var messages = Channel.CreateBounded<NatsMessage>(ReadAhead);
        var reading = options.Subjects.Select(subject => ReadAsync(connection, subject, messages.Writer, time, cancellationToken)).ToList();
        await foreach (var message in messages.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return message;
        }

        await Task.WhenAll(reading).ConfigureAwait(false);
    }

    private static async Task ReadAsync(
        NatsConnection connection, string subject, ChannelWriter<NatsMessage> messages, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in connection.SubscribeAsync<byte[]>(subject, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                await messages.WriteAsync(new NatsMessage(message.Subject, message.Data, time.GetUtcNow().UtcDateTime), cancellationToken).ConfigureAwait(false);
            }

            messages.TryComplete();
        }
#pragma warning disable CA1031 // Told to who reads the messages.
        catch (Exception e)
#pragma warning restore CA1031
        {
            messages.TryComplete(e);
        }
    }
}
