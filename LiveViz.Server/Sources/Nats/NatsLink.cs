using System.Runtime.CompilerServices;
using LiveViz.Server.Sources.Payloads;
using NATS.Client.Core;

namespace LiveViz.Server.Sources.Nats;

/// <summary>
/// The connection of one run. The client would connect again by itself without a word; here a lost connection ends the
/// run, so that it is seen, and the next run connects.
/// </summary>
internal sealed class NatsLink : IAsyncDisposable
{
    private readonly NatsOptions _options;
    private readonly CancellationTokenSource _broken = new();
    private string _reason = "";

    private NatsLink(NatsOptions options, Rejections rejections)
    {
        _options = options;
        Connection = new NatsConnection(NatsConfiguration.Of(options));
        Connection.ConnectionDisconnected += (_, _) => Break($"The connection to the NATS server at {options.Url} is lost; check whether the server runs");
        Connection.ServerError += (_, args) => Break($"The NATS server at {options.Url} refuses: {args.Error}; check what the user may read");
        Connection.MessageDropped += (_, args) =>
        {
            rejections.Add(1, $"a message on {args.Subject}", "was dropped: they come faster than they can be read");
            return ValueTask.CompletedTask;
        };
    }

    public NatsConnection Connection { get; }

    /// <summary>Connects.</summary>
    /// <exception cref="IOException">It cannot; says what to do.</exception>
    public static async Task<NatsLink> OpenAsync(NatsOptions options, Rejections rejections, CancellationToken cancellationToken)
    {
        var link = new NatsLink(options, rejections);
        try
        {
            await link.Connection.ConnectAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            return link;
        }
        catch (Exception e)
        {
            await link.DisposeAsync().ConfigureAwait(false);
            if (e is not (NatsException or ArgumentException or FormatException or InvalidOperationException))
            {
                throw;
            }

            throw new IOException(
                link._reason.Length > 0 ? link._reason
                : $"No NATS server at {options.Url} lets this one in; check Url and Tls, and whether the server runs ({e.GetBaseException().Message})",
                e);
        }
    }

    /// <summary>Reads the messages until the connection breaks.</summary>
    /// <exception cref="IOException">It broke; says why.</exception>
    public async IAsyncEnumerable<NatsMessage> Watch(IAsyncEnumerable<NatsMessage> messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _broken.Token);
        await using var reading = messages.GetAsyncEnumerator(either.Token);
        while (true)
        {
            try
            {
                if (!await reading.MoveNextAsync().ConfigureAwait(false))
                {
                    break;
                }
            }
            catch (Exception e) when (_broken.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new IOException(_reason, e);
            }

            yield return reading.Current;
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new IOException(_broken.IsCancellationRequested ? _reason : $"The NATS server at {_options.Url} has ended the subscription");
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync().ConfigureAwait(false);
    }

    private ValueTask Break(string reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, "").Length == 0)
        {
            _broken.Cancel();
        }

        return ValueTask.CompletedTask;
    }
}
