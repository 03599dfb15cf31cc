using System.Globalization;
using System.Runtime.CompilerServices;
using LiveViz.Feeds;
using LiveViz.Sources;
using LiveViz.Tests.Hub;
using LiveViz.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Tests.Services.Mqtt;

/// <summary>Messages through a whole server, which stores them, while servers and brokers come and go.</summary>
[Trait("Category", "Services")]
public sealed class MqttThroughServerTests : IAsyncLifetime
{
    private readonly Mosquitto _broker = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveviz-mqtt-server-");
    private readonly DateTime _start = DateTime.UtcNow;
    private LiveVizServer _server = default!;

    public async Task InitializeAsync()
    {
        await _broker.InitializeAsync();
        _server = await LiveVizServer.StartAsync(
            $"LiveViz:History:Path={_folder.FullName}/history.db",
            "LiveViz:Sources:0:Type=Mqtt",
            "LiveViz:Sources:0:Name=Plant",
            $"LiveViz:Sources:0:Server={_broker.Open.OriginalString}",
            "LiveViz:Sources:0:Topics:0:Topic=plant/#",
            "LiveViz:Sources:0:Topics:0:Unit=bar");
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _broker.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Nothing_is_lost_and_nothing_shown_twice_when_the_server_is_killed()
    {
        await using var device = await MqttDevice.ConnectAsync(_broker.Open);
        await SubscribedAsync(device);

        await PublishAsync(device, 0, 500);
        await _server.KillAsync();
        await PublishAsync(device, 500, 1000);
        await _server.StartAsync();
        await PublishAsync(device, 1000, 1500);

        double[] values = [];
        await using var hub = await HubClient.ConnectAsync(_server.Address);
        await Eventually.TrueAsync(
            async () =>
            {
                var request = new SpanRequest { SensorIds = ["plant/a"], From = _start.AddMinutes(-1), To = DateTime.UtcNow.AddMinutes(1) };
                values = [.. new FrameReader().Read(await hub.InvokeAsync<byte[]>("GetSpan", request)).Columns.SelectMany(column => column.Values)];
                return values.Length >= 1500;
            },
            "1,500 values are stored");

        Assert.Equal(Enumerable.Range(0, 1500).Select(i => (double)i), values);
        Assert.Equal("bar", (await hub.InvokeAsync<Sensor[]>("GetSensors")).Single(sensor => sensor.Id == "plant/a").Unit);
    }

    [Fact]
    public async Task Broker_that_is_away_is_seen_and_read_again_when_it_is_back()
    {
        await using (var device = await MqttDevice.ConnectAsync(_broker.Open))
        {
            await SubscribedAsync(device);
        }

        await _broker.StopAsync();
        await using var hub = await HubClient.ConnectAsync(_server.Address);
        await UntilAsync(hub, source => source.State == SourceState.Failed && source.Reason.Contains($"Nothing listens at {_broker.Open.Authority}", StringComparison.Ordinal));
        await _broker.StartAsync();
        await using var again = await MqttDevice.ConnectAsync(_broker.Open);
        await again.PublishAsync("plant/b", """{"value":1}""");

        await UntilAsync(hub, source => source.State == SourceState.Running);
        Assert.Contains(await hub.InvokeAsync<Sensor[]>("GetSensors"), sensor => sensor.Id == "plant/b");
    }

    private static Task UntilAsync(HubConnection hub, Func<SourceStatus, bool> condition, [CallerArgumentExpression(nameof(condition))] string words = "") =>
        Eventually.TrueAsync(async () => condition(Assert.Single(await hub.InvokeAsync<SourceStatus[]>("GetSources"))), words);

    private async Task SubscribedAsync(MqttDevice device)
    {
        await using var hub = await HubClient.ConnectAsync(_server.Address);
        await Eventually.TrueAsync(async () =>
        {
            await device.PublishAsync("plant/first", """{"value":0}""");
            return (await hub.InvokeAsync<Sensor[]>("GetSensors")).Length > 0;
        });
    }

    private async Task PublishAsync(MqttDevice device, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var time = _start.AddMilliseconds(i).ToString("O", CultureInfo.InvariantCulture);
            await device.PublishAsync("plant/a", $$"""{"value":{{i}},"timestamp":"{{time}}"}""");
        }
    }
}
