using LiveViz.Tests.Hub;
using LiveViz.Tests.Running;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Tests.Security;

public sealed class CallLimitTests
{
    [Fact]
    public async Task Calls_beyond_the_rate_are_refused_close_nothing_and_are_served_again_later()
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Limits:CallsPerSecond=1", "LiveViz:Limits:CallBurst=3");
        await using var connection = await HubClient.ConnectAsync(server.Address);
        await using var other = await HubClient.ConnectAsync(server.Address);

        // Far more than a burst and the seconds that this takes are good for, however slow the computer is.
        var calls = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => OutcomeAsync(connection)));

        var refused = calls.Where(outcome => outcome.Length > 0).ToList();
        Assert.InRange(refused.Count, 1, 497);
        Assert.All(refused, outcome => Assert.Contains("LiveViz:Limits:CallsPerSecond", outcome, StringComparison.Ordinal));
        Assert.Equal("", await OutcomeAsync(other));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await OutcomeAsync(connection) != "")
        {
            await Task.Delay(100, patience.Token);
        }

        Assert.Equal(HubConnectionState.Connected, connection.State);

        // For the operator it is a line, not five hundred, and no failure.
        Assert.Single(server.Output.Split('\n'), line => line.Contains("Refused 127.0.0.1", StringComparison.Ordinal));
        Assert.DoesNotContain("fail:", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_default_two_hundred_calls_at_once_are_served()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var connection = await HubClient.ConnectAsync(server.Address);

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => OutcomeAsync(connection))), outcome => Assert.Equal("", outcome));
    }

    [Fact]
    public async Task Messages_longer_than_allowed_close_the_connection()
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Limits:MessageBytes=2048");
        var closed = new TaskCompletionSource<string>();
        await using var connection = await ClientFrom.ConnectAsync(server.Address, "127.0.0.2", closed);
        await foreach (var _ in connection.StreamAsync<DataPoint>("Stream", (string[])["boiler-1-steam-flow", .. Enumerable.Range(0, 5).Select(i => new string('x', 200) + i)]))
        {
            break;
        }

        await connection.SendAsync("GetSensors", new string('x', 3000));

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task<string> OutcomeAsync(HubConnection connection)
    {
        try
        {
            await connection.InvokeAsync<ServerStatus>("GetStatus");
            return "";
        }
        catch (HubException refusal)
        {
            return refusal.Message;
        }
    }
}
