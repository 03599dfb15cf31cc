using LiveViz.Server.Streaming;
using LiveViz.Tests.Hub;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveViz.Tests.Security;

/// <summary>What is refused is told in a line; what fails is told in full.</summary>
public sealed class FailureLogTests : IDisposable
{
    private readonly ListLoggers _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Failures_in_methods_and_in_streams_of_the_hub_are_errors_with_their_stack()
    {
        await using var app = await AppHere.StartAsync(builder =>
        {
            builder.Logging.AddProvider(_log);
            builder.Services.Configure<HubOptions<SensorHub>>(hub => hub.AddFilter(new Failing()));
        });
        await using var connection = await HubClient.ConnectAsync(app.Address);

        await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<ServerStatus>("GetStatus"));
        await Assert.ThrowsAsync<HubException>(() => ReadAsync(connection, new FrameRequest { WindowSeconds = 1 }));

        var failures = _log.Entries.Where(entry => entry.Level == LogLevel.Error && entry.Exception?.StackTrace is not null).ToList();
        Assert.Contains(failures, entry => entry.Message.Contains("GetStatus", StringComparison.Ordinal) && entry.Exception is TimeoutException);
        Assert.Contains(failures, entry => entry.Message.Contains("StreamFrames", StringComparison.Ordinal) && entry.Exception is TimeoutException);
    }

    [Fact]
    public async Task Refusals_are_one_warning_without_a_stack()
    {
        await using var app = await AppHere.StartAsync(
            builder => builder.Logging.AddProvider(_log), "LiveViz:Limits:ConnectionsPerAddress=1", "LiveViz:Limits:StreamsPerConnection=1");
        await using var connection = await HubClient.ConnectAsync(app.Address);
        await using var open = connection.StreamAsync<DataPoint>("Stream", null).GetAsyncEnumerator();
        Assert.True(await open.MoveNextAsync());

        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<HubException>(() => ReadAsync(connection, new FrameRequest { Width = -1 }));
            await Assert.ThrowsAsync<HubException>(() => ReadAsync(connection, new FrameRequest { WindowSeconds = 1 }));
            Assert.NotEqual("", await ClientFrom.RefusedAsync(app.Address, "127.0.0.1"));
        }

        var loud = _log.Entries.Where(entry => entry.Level >= LogLevel.Warning).ToList();
        Assert.All(loud, entry => Assert.Equal((LogLevel.Warning, null), (entry.Level, entry.Exception)));
        Assert.Equal(3, loud.Count);
        Assert.Contains(loud, entry => entry.Message.StartsWith("Refused 127.0.0.1: width is -1", StringComparison.Ordinal));
        Assert.Contains(loud, entry => entry.Message.StartsWith("Refused 127.0.0.1: 1 streams", StringComparison.Ordinal));
        Assert.Contains(loud, entry => entry.Message.StartsWith("Refused 127.0.0.1: 1 connections", StringComparison.Ordinal));
    }

    private static async Task ReadAsync(HubConnection connection, FrameRequest request)
    {
        await foreach (var _ in connection.StreamAsync<byte[]>("StreamFrames", request))
        {
        }
    }

    /// <summary>Calls and streams of the hub that fail as they do by a mistake in the server.</summary>
    private sealed class Failing : IHubFilter
    {
        public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next) =>
            invocationContext.HubMethodName == "StreamFrames" ? new(FramesAsync()) : throw new TimeoutException();

        private static async IAsyncEnumerable<byte[]> FramesAsync()
        {
            await Task.Yield();
            yield return [];
            throw new TimeoutException();
        }
    }
}
