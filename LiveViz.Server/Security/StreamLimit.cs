using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace LiveViz.Server.Security;

/// <summary>Lets no more streams run at once on a connection than allowed.</summary>
internal sealed class StreamLimit(IOptions<LimitOptions> limits, RefusalLog refusals)
{
    private readonly string _tooMany =
        $"{limits.Value.StreamsPerConnection} streams are open on this connection already; end one, or allow more with LiveViz:Limits:StreamsPerConnection.";

    /// <summary>Passes a stream on, and counts it for as long as it is read.</summary>
    /// <remarks>
    /// SignalR reads a stream after the hub's method has returned it, or never, if the client is gone by then. So it
    /// counts from the first read: what was counted is then always counted down, however the reading ends.
    /// </remarks>
    public async IAsyncEnumerable<T> Count<T>(
        HubCallerContext connection, IAsyncEnumerable<T> stream, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var allowance = Allowance.Of(connection);
        if (allowance?.TryOpenStream() == false)
        {
            refusals.Note(allowance.Caller, "streams", _tooMany);
            throw new HubException(_tooMany);
        }

        try
        {
            await foreach (var item in stream.WithCancellation(cancellationToken))
            {
                yield return item;
            }
        }
        finally
        {
            allowance?.CloseStream();
        }
    }
}
