using LiveViz.Feeds;
using LiveViz.Tests.Running;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveViz.Tests.Hub;

public sealed class RefusedFeedTests
{
    [Fact]
    public async Task Feed_that_is_not_let_in_says_why_waits_and_comes_in_when_there_is_room()
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Limits:ConnectionsPerAddress=1");
        await using var network = new NetworkBetween(server.Address);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddLiveViz(feed =>
            {
                feed.Server = network.Address;
                feed.ConfigureConnection = http =>
                {
                    http.SkipNegotiation = true;
                    http.Transports = HttpTransportType.WebSockets;
                };
            })
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var feed = scope.ServiceProvider.GetRequiredService<ISensorFeed>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var problems = new List<string>();
        feed.ConnectionChanged += () => problems.Add(feed.Connection.Problem);
        Task<bool> reading;
        await using (var other = await HubClient.ConnectAsync(server.Address))
        {
            // Hands are shaken before a connection is counted: once it is answered it has the one place.
            await other.InvokeAsync<ServerStatus>("GetStatus");
            reading = ReadAsync();
            await Task.Delay(TimeSpan.FromSeconds(4), patience.Token);
        }

        // Asked without a pause it would have been hundreds of times.
        Assert.InRange(network.Accepted, 2, 20);
        Assert.Contains(problems, problem => problem.Contains("LiveViz:Limits:ConnectionsPerAddress", StringComparison.Ordinal));
        Assert.True(await reading);

        async Task<bool> ReadAsync()
        {
            await foreach (var _ in feed.ReadFramesAsync(new FrameRequest(), patience.Token))
            {
                return true;
            }

            return false;
        }
    }
}
