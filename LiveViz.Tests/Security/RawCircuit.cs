using System.Net.WebSockets;
using System.Text;

namespace LiveViz.Tests.Security;

/// <summary>The connection that a dashboard's page opens, without a browser.</summary>
internal static class RawCircuit
{
    /// <summary>Opens one, and shakes hands.</summary>
    public static async Task<ClientWebSocket> ConnectAsync(Uri server, string address, string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var uri = new UriBuilder(new Uri(server, "/_blazor")) { Scheme = "ws" }.Uri;
        await socket.ConnectAsync(uri, ClientFrom.Invoker(address), patience.Token);
        await socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, patience.Token);
        Assert.Equal("{}\u001e", await ReadAsync(socket));
        return socket;
    }

    /// <summary>The next message, read as text: of a MessagePack message its texts can be found in it.</summary>
    public static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[4096];
        var read = await socket.ReceiveAsync(buffer, patience.Token);
        return Encoding.UTF8.GetString(buffer, 0, read.Count);
    }

    /// <summary>All messages until the server closes; it may say that it is there before it says why it is not.</summary>
    public static async Task<string> ReadToEndAsync(ClientWebSocket socket)
    {
        var all = new StringBuilder();
        while (socket.State == WebSocketState.Open)
        {
            all.Append(await ReadAsync(socket));
        }

        return all.ToString();
    }
}
