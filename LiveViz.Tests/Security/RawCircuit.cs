using System.Net.WebSockets;
using System.Text;

namespace LiveViz.Tests.Security;

/// <summary>The connection that a dashboard's page opens, without a browser.</summary>
internal sealed class RawCircuit : IDisposable
{
    private const string HandsShaken = "{}\u001e";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();

    // What came along with the answer to the handshake.
    private string _rest = "";

    private RawCircuit()
    {
    }

    /// <summary>Opens one, and shakes hands.</summary>
    public static async Task<RawCircuit> ConnectAsync(Uri server, string address)
    {
        var circuit = new RawCircuit();
        using var patience = new CancellationTokenSource(Patience);
        var uri = new UriBuilder(new Uri(server, "/_blazor")) { Scheme = "ws" }.Uri;
        await circuit._socket.ConnectAsync(uri, ClientFrom.Invoker(address), patience.Token);
        await circuit._socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, patience.Token);
        var answer = await circuit.ReceiveAsync(patience.Token);
        Assert.StartsWith(HandsShaken, answer, StringComparison.Ordinal);
        circuit._rest = answer[HandsShaken.Length..];
        return circuit;
    }

    /// <summary>What comes next, read as text: of a MessagePack message its texts can be found in it.</summary>
    public async Task<string> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        (var rest, _rest) = (_rest, "");
        return rest.Length > 0 ? rest : await ReceiveAsync(patience.Token);
    }

    /// <summary>All messages until the server closes; it may say that it is there before it says why it is not.</summary>
    public async Task<string> ReadToEndAsync()
    {
        // For all of them: a connection that is not closed is sent something every few seconds.
        using var patience = new CancellationTokenSource(Patience);
        var all = new StringBuilder(_rest);
        while (_socket.State == WebSocketState.Open)
        {
            all.Append(await ReceiveAsync(patience.Token));
        }

        return all.ToString();
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> ReceiveAsync(CancellationToken patience)
    {
        var buffer = new byte[4096];
        var read = await _socket.ReceiveAsync(buffer, patience);
        return Encoding.UTF8.GetString(buffer, 0, read.Count);
    }
}
