using System.Net.Sockets;
using System.Net.WebSockets;
using LiveViz.Tests.Hub;
using LiveViz.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Tests.Security;

public sealed class SlowClientTests
{
    [Fact]
    public async Task Client_that_reads_nothing_loses_its_connection()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var watching = await HubClient.ConnectAsync(server.Address);
        using var socket = await ConnectAsync(server.Address);
        await SendAsync(socket, "{\"protocol\":\"json\",\"version\":1}");
        await SendAsync(socket, "{\"type\":4,\"invocationId\":\"1\",\"target\":\"Stream\",\"arguments\":[null]}");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await ClientsAsync(watching) < 2)
        {
            await Task.Delay(50, patience.Token);
        }

        while (await ClientsAsync(watching) == 2)
        {
            // It speaks all the time: it is not for silence that it is closed.
            await SendAsync(socket, "{\"type\":6}");
            await Task.Delay(500, patience.Token);
        }
    }

    private static async Task<int> ClientsAsync(HubConnection connection) => (await connection.InvokeAsync<ServerStatus>("GetStatus")).Clients;

    private static async Task<ClientWebSocket> ConnectAsync(Uri server)
    {
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                // As little as the kernel allows waits at the client, so that soon all of it waits at the server.
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 2048 };
                await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        await socket.ConnectAsync(new UriBuilder(new Uri(server, "/hubs/sensors")) { Scheme = "ws" }.Uri, invoker, CancellationToken.None);
        return socket;
    }

    private static async Task SendAsync(ClientWebSocket socket, string message)
    {
        try
        {
            await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException)
        {
            // Closed already; the server says so as well.
        }
    }
}
