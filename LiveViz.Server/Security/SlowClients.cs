using Microsoft.AspNetCore.Http.Connections;

namespace LiveViz.Server.Security;

/// <summary>Keeps a client that does not read from costing memory, and ends its connection.</summary>
internal static class SlowClients
{
    // What may wait for one client, and from one client, in memory. A stream is held up when it is full, and goes on
    // with what is new by then; so more would only be older data and more memory, and less would cut frames to pieces.
    private const long BufferBytes = 64 * 1024;

    // A client from which nothing could be got rid of for so long is not coming back soon; it is free to connect again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void Limit(HttpConnectionDispatcherOptions options)
    {
        options.TransportMaxBufferSize = BufferBytes;
        options.ApplicationMaxBufferSize = BufferBytes;
        options.TransportSendTimeout = Patience;
        options.WebSockets.CloseTimeout = Patience;
    }
}
