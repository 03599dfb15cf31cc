using System.Runtime.CompilerServices;
using LiveViz.Server.Security;
using LiveViz.Tests.Hub;
using LiveViz.Tests.Running;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Options;

namespace LiveViz.Tests.Security;

public sealed class StreamLimitTests
{
    private readonly FakeConnection _connection = new();
    private readonly ListLogger<RefusalLog> _log = new();
    private readonly StreamLimit _limit;

    public StreamLimitTests()
    {
        var limits = new LimitOptions { StreamsPerConnection = 1 };
        _connection.Items[typeof(Allowance)] = new Allowance("somebody", limits);
        _limit = new StreamLimit(Options.Create(limits), new RefusalLog(Clock.New(), _log));
    }

    [Fact]
    public async Task Streams_beyond_the_limit_are_refused_and_have_room_when_one_is_cancelled()
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Limits:StreamsPerConnection=2");
        await using var connection = await HubClient.ConnectAsync(server.Address);
        await using var other = await HubClient.ConnectAsync(server.Address);
        using var ending = new CancellationTokenSource();
        await using var points = connection.StreamAsync<DataPoint>("Stream", null, ending.Token).GetAsyncEnumerator();
        await using var frames = connection.StreamAsync<byte[]>("StreamFrames", new FrameRequest { WindowSeconds = 1 }).GetAsyncEnumerator();
        Assert.True(await points.MoveNextAsync());
        Assert.True(await frames.MoveNextAsync());

        Assert.Contains("2 streams are open", await OutcomeAsync<DataPoint>(connection, "Stream", null), StringComparison.Ordinal);
        Assert.Contains("LiveViz:Limits:StreamsPerConnection", await OutcomeAsync<byte[]>(connection, "StreamFrames", new FrameRequest { WindowSeconds = 1 }), StringComparison.Ordinal);
        Assert.Equal("", await OutcomeAsync<DataPoint>(other, "Stream", null));
        Assert.True(await frames.MoveNextAsync());

        await ending.CancelAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await OutcomeAsync<byte[]>(connection, "StreamFrames", new FrameRequest { WindowSeconds = 1 }) != "")
        {
            // No more often than calls are allowed.
            await Task.Delay(50, patience.Token);
        }

        Assert.Single(server.Output.Split('\n'), line => line.Contains("Refused 127.0.0.1", StringComparison.Ordinal));
        Assert.DoesNotContain("fail:", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_that_ended_leaves_room()
    {
        Assert.Equal(3, await _limit.Count(_connection, Numbers(3), default).CountAsync());
        Assert.Equal(3, await _limit.Count(_connection, Numbers(3), default).CountAsync());
    }

    [Fact]
    public async Task Stream_that_failed_leaves_room()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _limit.Count(_connection, Numbers(3, fails: true), default).CountAsync());
        Assert.Equal(3, await _limit.Count(_connection, Numbers(3), default).CountAsync());
    }

    [Fact]
    public async Task Stream_that_was_left_leaves_room()
    {
        await foreach (var _ in _limit.Count(_connection, Numbers(3), default))
        {
            break;
        }

        Assert.Equal(3, await _limit.Count(_connection, Numbers(3), default).CountAsync());
    }

    [Fact]
    public async Task Stream_that_is_never_read_takes_no_room()
    {
        _ = _limit.Count(_connection, Numbers(3), default);

        Assert.Equal(3, await _limit.Count(_connection, Numbers(3), default).CountAsync());
    }

    [Fact]
    public async Task Stream_that_is_refused_neither_takes_room_nor_gives_it()
    {
        await using var open = _limit.Count(_connection, Numbers(3), default).GetAsyncEnumerator();
        await open.MoveNextAsync();

        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<HubException>(async () => await _limit.Count(_connection, Numbers(3), default).CountAsync());
        }

        await open.DisposeAsync();
        Assert.Equal(3, await _limit.Count(_connection, Numbers(3), default).CountAsync());
        Assert.Single(_log.Entries);
    }

    private static async Task<string> OutcomeAsync<T>(HubConnection connection, string method, object? argument)
    {
        try
        {
            await foreach (var _ in connection.StreamAsync<T>(method, argument))
            {
                break;
            }

            return "";
        }
        catch (HubException refusal)
        {
            return refusal.Message;
        }
    }

    private static async IAsyncEnumerable<int> Numbers(int count, bool fails = false, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return fails ? throw new InvalidOperationException() : i;
        }
    }
}
