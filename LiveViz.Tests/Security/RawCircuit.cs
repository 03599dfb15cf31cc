using System.Net.WebSockets;
using System.Text;

namespace LiveViz.Tests.Security;

/// <summary>The connection that a dashboard's page opens, without a browser.</summary>
internal static class RawCircuit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Opens one, and shakes hands.</summary>
    public static async Task<ClientWebSocket> ConnectAsync(Uri server, string address, string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        using var patience = new CancellationTokenSource(Patience);
        var uri = new UriBuilder(new Uri(server, "/_blazor")) { Scheme = "ws" }.Uri;
        await socket.ConnectAsync(uri, ClientFrom.Invoker(address), patience.Token);
        await socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, patience.Token);
        Assert.Equal("{}\u001e", await ReadAsync(socket));
        return socket;
    }

    /// <summary>The next message, read as text: of a MessagePack message its texts can be found in it.</summary>
    public static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await ReadAsync(socket, patience.Token);
    }

    /// <summary>All messages until the server closes; it may say that it is there before it says why it is not.</summary>
    public static async Task<string> ReadToEndAsync(ClientWebSocket socket)
    {
        // For all of them: a connection that is not closed is sent something every few seconds.
        using var patience = new CancellationTokenSource(Patience);
        var all = new StringBuilder();
        while (socket.State == WebSocketState.Open)
        {
            all.Append(await ReadAsync(socket, patience.Token));
        }

        return all.ToString();
    }

    private static async Task<string> ReadAsync(ClientWebSocket socket, CancellationToken patience)
    {
        var buffer = new byte[4096];
        var read = await socket.ReceiveAsync(buffer, patience);
        return Encoding.UTF8.GetString(buffer, 0, read.Count);
    }
}
