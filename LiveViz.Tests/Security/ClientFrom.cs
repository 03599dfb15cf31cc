using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Tests.Security;

/// <summary>Clients of the hub at other addresses of the loopback network, which are as good as other computers.</summary>
internal static class ClientFrom
{
    /// <summary>Connects from an address; what the server says when it closes the connection ends <paramref name="closed"/>.</summary>
    public static async Task<HubConnection> ConnectAsync(Uri server, string address, TaskCompletionSource<string>? closed = null, string? header = null)
    {
        var connection = new HubConnectionBuilder().WithUrl(new Uri(server, "/hubs/sensors"), http =>
        {
            http.Transports = HttpTransportType.WebSockets;
            http.SkipNegotiation = true;
            http.WebSocketFactory = async (context, cancellationToken) =>
            {
                var socket = new ClientWebSocket();
                if (header is not null)
                {
                    socket.Options.SetRequestHeader("X-LiveViz-Own", header);
                }

                await socket.ConnectAsync(context.Uri, Invoker(address), cancellationToken);
                return socket;
            };
        }).Build();
        connection.Closed += cause =>
        {
            closed?.TrySetResult(cause?.Message ?? "");
            return Task.CompletedTask;
        };
        await connection.StartAsync();
        return connection;
    }

    /// <summary>Connects from an address from which no more are let in.</summary>
    /// <returns>What the server says.</returns>
    public static async Task<string> RefusedAsync(Uri server, string address, string? header = null)
    {
        var closed = new TaskCompletionSource<string>();
        await using var connection = await ConnectAsync(server, address, closed, header);
        return await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Tries to connect until it is let in.</summary>
    public static async Task<HubConnection> LetInAsync(Uri server, string address)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var connection = await ConnectAsync(server, address);
            try
            {
                await connection.InvokeAsync<ServerStatus>("GetStatus", patience.Token);
                return connection;
            }
            catch (Exception e) when (e is not OperationCanceledException || !patience.IsCancellationRequested)
            {
                await connection.DisposeAsync();
                await Task.Delay(50, patience.Token);
            }
        }
    }

    public static HttpMessageInvoker Invoker(string address) => new(new SocketsHttpHandler
    {
        UseCookies = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });
}
