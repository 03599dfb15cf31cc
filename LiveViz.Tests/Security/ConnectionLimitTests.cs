using LiveViz.Feeds;
using LiveViz.Tests.Hub;
using LiveViz.Tests.Running;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveViz.Tests.Security;

public sealed class ConnectionLimitTests
{
    [Fact]
    public async Task Each_address_has_its_places_and_gets_them_back()
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Limits:ConnectionsPerAddress=2");
        await using var first = await ClientFrom.LetInAsync(server.Address, "127.0.0.2");
        await using var second = await ClientFrom.LetInAsync(server.Address, "127.0.0.2");

        for (var i = 0; i < 3; i++)
        {
            var refusal = await ClientFrom.RefusedAsync(server.Address, "127.0.0.2");
            Assert.Contains("2 connections from 127.0.0.2 are open already", refusal, StringComparison.Ordinal);
            Assert.Contains("LiveViz:Limits:ConnectionsPerAddress", refusal, StringComparison.Ordinal);
        }

        await using var other = await ClientFrom.ConnectAsync(server.Address, "127.0.0.3");
        Assert.Equal(3, (await other.InvokeAsync<ServerStatus>("GetStatus")).Clients);

        // The refused ones took no place and gave none back: there is one again, and no more than one.
        await second.DisposeAsync();
        await using var next = await ClientFrom.LetInAsync(server.Address, "127.0.0.2");
        Assert.NotEqual("", await ClientFrom.RefusedAsync(server.Address, "127.0.0.2"));
    }

    [Fact]
    public async Task Long_polling_is_counted_at_its_address_too()
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Limits:ConnectionsPerAddress=1");
        await using var first = await HubClient.ConnectAsync(server.Address, transport: HttpTransportType.LongPolling);
        await first.InvokeAsync<ServerStatus>("GetStatus");

        Assert.Contains("1 connections from 127.0.0.1", await ClientFrom.RefusedAsync(server.Address, "127.0.0.1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_addresses_together_have_no_more_than_all_places()
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Limits:Connections=2");
        await using var first = await ClientFrom.LetInAsync(server.Address, "127.0.0.2");
        await using var second = await ClientFrom.LetInAsync(server.Address, "127.0.0.3");

        var refusal = await ClientFrom.RefusedAsync(server.Address, "127.0.0.4");

        Assert.Contains("2 connections are open already", refusal, StringComparison.Ordinal);
        Assert.Contains("LiveViz:Limits:Connections.", refusal, StringComparison.Ordinal);
        await first.DisposeAsync();
        await using var third = await ClientFrom.LetInAsync(server.Address, "127.0.0.4");
    }

    [Fact]
    public async Task Dashboards_are_counted_apart_from_clients_of_the_hub()
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Limits:ConnectionsPerAddress=1");
        await using var client = await ClientFrom.LetInAsync(server.Address, "127.0.0.2");
        using var dashboard = await RawCircuit.ConnectAsync(server.Address, "127.0.0.2");

        using var second = await RawCircuit.ConnectAsync(server.Address, "127.0.0.2");
        // Hands are shaken before a connection is counted: the first of the two may be the one too many.
        var refused = await Task.WhenAny(dashboard.ReadToEndAsync(), second.ReadToEndAsync());
        Assert.Contains("1 dashboards from 127.0.0.2 are open already", await refused, StringComparison.Ordinal);

        using var elsewhere = await RawCircuit.ConnectAsync(server.Address, "127.0.0.3");
        Assert.DoesNotContain("open already", await elsewhere.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboards_own_connections_have_no_limit_and_nobody_else_can_pass_for_one()
    {
        await using var app = await AppHere.StartAsync(
            _ => { }, "LiveViz:Limits:ConnectionsPerAddress=1", "LiveViz:Limits:CallBurst=1", "LiveViz:Limits:CallsPerSecond=1", "LiveViz:Limits:Connections=1");
        await using var client = await ClientFrom.LetInAsync(app.Address, "127.0.0.1");
        var dashboards = Enumerable.Range(0, 12).Select(_ => app.Services.CreateAsyncScope()).ToList();

        foreach (var dashboard in dashboards)
        {
            var feed = dashboard.ServiceProvider.GetRequiredService<ISensorFeed>();
            for (var call = 0; call < 5; call++)
            {
                Assert.NotEmpty(await feed.GetSensorsAsync());
            }
        }

        Assert.Equal(13, (await dashboards[0].ServiceProvider.GetRequiredService<ISensorFeed>().GetStatusAsync()).Clients);
        Assert.Contains("127.0.0.1", await ClientFrom.RefusedAsync(app.Address, "127.0.0.1", header: new string('0', 64)), StringComparison.Ordinal);
        foreach (var dashboard in dashboards)
        {
            await dashboard.DisposeAsync();
        }
    }
}
