using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LiveViz.Tests.Sources.Tcp;

/// <summary>A client that writes lines to a socket and reads what comes back.</summary>
internal sealed class LineClient : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private StreamReader _answers = StreamReader.Null;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Connects, as soon as somebody listens.</summary>
    public static async Task<LineClient> ConnectAsync(int port)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (true)
        {
            var client = new LineClient();
            try
            {
                await client._client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
                client._answers = new StreamReader(client._client.GetStream(), Encoding.ASCII);
                return client;
            }
            catch (SocketException)
            {
                client.Dispose();
                await Task.Delay(20, patience.Token);
            }
        }
    }

    public async Task WriteAsync(string text) => await _client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text));

    public void EndWriting() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks off, as a program does that is killed.</summary>
    public void Kill() => _client.Client.Close(0);

    /// <summary>The next line that comes back; null at the end.</summary>
    public async Task<string?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _answers.ReadLineAsync(patience.Token);
    }

    public void Dispose() => _client.Dispose();
}
