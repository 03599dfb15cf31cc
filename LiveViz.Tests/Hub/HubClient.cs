using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveViz.Tests.Hub;

/// <summary>A plain .NET client of the hub, as someone would write it who knows only the contract.</summary>
internal static class HubClient
{
    public static async Task<HubConnection> ConnectAsync(Uri server, bool messagePack = false, HttpTransportType transport = HttpTransportType.WebSockets)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(server, "/hubs/sensors"), transport);
        if (messagePack)
        {
            builder.AddMessagePackProtocol();
        }

        var connection = builder.Build();
        await connection.StartAsync();
        return connection;
    }
}
