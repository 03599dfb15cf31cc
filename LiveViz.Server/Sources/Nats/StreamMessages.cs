using System.Runtime.CompilerServices;
using LiveViz.Server.Sources.Payloads;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace LiveViz.Server.Sources.Nats;

/// <summary>Reads a stream of JetStream as a durable consumer, which is made where there is none.</summary>
internal static class StreamMessages
{
    private const int NotFound = 404;

    // How many messages may be on their way to the store: the server sends no more until some are acknowledged.
    private const int MostPending = 20_000;

    // What is not acknowledged is sent again after as long; a store that commits takes a fraction of it.
    private static readonly TimeSpan AcknowledgeWithin = TimeSpan.FromSeconds(30);

    // A pull that hears nothing for twice the heartbeat is no longer answered.
    private static readonly NatsJSConsumeOpts Pull = new()
    {
        MaxMsgs = 1000,
        Expires = TimeSpan.FromSeconds(10),
        IdleHeartbeat = TimeSpan.FromSeconds(3),
    };

    public static async IAsyncEnumerable<NatsMessage> ReadAsync(
        NatsConnection connection, NatsOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var context = new NatsJSContext(connection);
        var consumer = await OpenAsync(context, options, cancellationToken).ConfigureAwait(false);
        using var unheard = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pull = Pull with
        {
            NotificationHandler = (notification, _) => notification is NatsJSTimeoutNotification ? unheard.CancelAsync() : Task.CompletedTask,
        };
        await using var reading = consumer.ConsumeAsync<byte[]>(opts: pull, cancellationToken: unheard.Token).GetAsyncEnumerator(unheard.Token);
        while (await NextAsync(reading, options, unheard.Token, cancellationToken).ConfigureAwait(false))
        {
            var message = reading.Current;
            if (message.Metadata is { } metadata && message.ReplyTo is { } reply)
            {
                yield return new NatsMessage(
                    message.Subject,
                    message.Data,
                    TimeOf(reply) ?? metadata.Timestamp.UtcDateTime,
                    new StreamAcknowledgement(metadata.Sequence.Stream, reply));
            }
        }
    }

    // The client cuts the stream's time off to milliseconds, in which a sensor may have several samples. In full it is
    // in $JS.ACK.stream.consumer.delivered.sequence.sequence.time.pending, or with domain.account before the stream.
    private static DateTime? TimeOf(string reply)
    {
        var tokens = reply.Split('.');
        var at = tokens.Length == 9 ? 7 : 9;
        return at < tokens.Length && SampleTime.TryParse(tokens[at], out var time, TimeUnit.Nanoseconds) ? time : null;
    }

    private static async Task<bool> NextAsync(
        IAsyncEnumerator<INatsJSMsg<byte[]>> reading, NatsOptions options, CancellationToken unheard, CancellationToken cancellationToken)
    {
        try
        {
            var any = await reading.MoveNextAsync().ConfigureAwait(false);
            return unheard.IsCancellationRequested && !cancellationToken.IsCancellationRequested ? throw Unheard(null) : any;
        }
        catch (OperationCanceledException e) when (unheard.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Unheard(e);
        }
        catch (NatsJSException e)
        {
            throw new IOException($"The stream {options.Stream} at {options.Url} cannot be read on: {e.Message}", e);
        }

        IOException Unheard(Exception? e) => new($"The stream {options.Stream} at {options.Url} no longer answers; check whether JetStream runs there and the stream is still there", e);
    }

    private static async Task<INatsJSConsumer> OpenAsync(NatsJSContext context, NatsOptions options, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                var consumer = await context.GetConsumerAsync(options.Stream!, options.ConsumerName, cancellationToken).ConfigureAwait(false);
                return consumer.Info.Config.AckPolicy == ConsumerConfigAckPolicy.Explicit
                    ? consumer
                    : throw new IOException($"The consumer {options.ConsumerName} of the stream {options.Stream} at {options.Url} is not acknowledged message by message; set Consumer to a name that is not taken");
            }
            catch (NatsJSApiException e) when (e.Error.Code == NotFound)
            {
                return await context.CreateOrUpdateConsumerAsync(options.Stream!, New(options), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (NatsJSApiException e) when (e.Error.Code == NotFound)
        {
            throw new IOException($"The NATS server at {options.Url} has no stream {options.Stream}; create it, or correct Stream", e);
        }
        catch (Exception e) when (e is NatsJSException or NatsException)
        {
            throw new IOException($"The NATS server at {options.Url} does not let the stream {options.Stream} be read: {e.Message}; check that JetStream is enabled there, and what the user may do", e);
        }
    }

    private static ConsumerConfig New(NatsOptions options)
    {
        var start = NatsStart.Parse(options.Start);
        return new ConsumerConfig(options.ConsumerName)
        {
            AckPolicy = ConsumerConfigAckPolicy.Explicit,
            AckWait = AcknowledgeWithin,
            MaxAckPending = MostPending,
            DeliverPolicy = start.Policy,
            OptStartSeq = start.Sequence,
            OptStartTime = start.Time ?? default,
            FilterSubject = options.Subjects.Count > 0 ? options.Subjects[0] : null,
        };
    }
}
