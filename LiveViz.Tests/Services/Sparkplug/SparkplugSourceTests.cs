using System.Text;
using System.Text.Json;
using LiveViz.Server.Sources.Sparkplug;
using LiveViz.Server.Sources.Sparkplug.Wire;
using LiveViz.Tests.Running;
using LiveViz.Tests.Services.Mqtt;
using LiveViz.Tests.Sources;
using MQTTnet;
using static LiveViz.Tests.Sources.Sparkplug.Written;

namespace LiveViz.Tests.Services.Sparkplug;

/// <summary>The source against a real broker, with a device that speaks Sparkplug.</summary>
[Trait("Category", "Services")]
public sealed class SparkplugSourceTests(Mosquitto broker) : IClassFixture<Mosquitto>
{
    private readonly string _group = "group-" + Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Node_that_was_there_before_is_asked_for_its_birth_and_read_from_then_on()
    {
        await using var device = await MqttDevice.ConnectAsync(broker.Open);
        await device.SubscribeAsync(Topic("NCMD"));
        await using var run = new SourceRun(Source());

        // Until it has subscribed, nobody hears it.
        while (device.Received.Count == 0)
        {
            await device.PublishAsync(Topic("NDATA"), Payload(7, Aliased(1, 0)), qos: 0);
        }

        var command = Server.Sources.Sparkplug.Wire.Payload.Parser.ParseFrom(device.Take().Payload);
        var rebirth = Assert.Single(command.Metrics);
        Assert.Equal(("Node Control/Rebirth", 11u, true), (rebirth.Name, rebirth.Datatype, rebirth.BooleanValue));
        await device.PublishAsync(Topic("NBIRTH"), Birth(1, Double("a", 1, 1)), qos: 0);
        await device.PublishAsync(Topic("DBIRTH", "D"), Payload(1, Double("b", 2, 2)), qos: 0);
        await device.PublishAsync(Topic("DDATA", "D"), Payload(2, Aliased(2, 3)), qos: 0);

        Assert.Equal(
            [($"{_group}/N/a", 1), ($"{_group}/N/D/b", 2), ($"{_group}/N/D/b", 3)],
            (await run.TakeAsync(3)).Select(point => (point.SensorId, point.Value)));
    }

    [Fact]
    public async Task Node_that_loses_its_power_ends_its_sensors_by_its_will()
    {
        var source = Source();
        await using var run = new SourceRun(source);
        var device = await MqttDevice.ConnectAsync(broker.Open, options => options
            .WithWillTopic(Topic("NDEATH")).WithWillPayload(Death(3)));
        await Eventually.TrueAsync(async () =>
        {
            await device.PublishAsync(Topic("NBIRTH"), Birth(3, Double("a", 1)));
            return run.HasMore;
        });

        await run.TakeAsync(1);
        device.Cut();
        var end = (await run.TakeAsync(1))[0];
        while (end.Value is not null)
        {
            end = (await run.TakeAsync(1))[0];
        }

        Assert.Equal(($"{_group}/N/a", Quality.Bad), (end.SensorId, end.Quality));
    }

    [Fact]
    public async Task Host_says_that_it_is_there_and_when_it_goes_and_takes_back_what_others_say()
    {
        await using var device = await MqttDevice.ConnectAsync(broker.Open);
        var topic = $"spBv1.0/STATE/{_group}";
        await device.PublishAsync(topic, """{"online":false,"timestamp":1}""", retain: true);
        await device.SubscribeAsync(topic);
        device.Take();

        await using (new SourceRun(Source(options => options.HostId = _group)))
        {
            var first = StateOf(device);
            Assert.True(first.IsOnline);
            // The one of before was retained; then it says so again.
            Assert.Equal(first, StateOf(device));
            await device.PublishAsync(topic, """{"online":false,"timestamp":2}""", retain: true);
            Assert.False(StateOf(device).IsOnline);
            Assert.Equal(first, StateOf(device));
        }

        Assert.False(StateOf(device).IsOnline);
    }

    [Fact]
    public async Task Host_that_is_cut_off_is_gone_by_its_will()
    {
        var own = new Mosquitto();
        await own.InitializeAsync();
        try
        {
            var topic = $"spBv1.0/STATE/{_group}";
            await using (new SourceRun(Source(options => (options.Server, options.HostId) = (own.Open.OriginalString, _group))))
            {
                await using var device = await MqttDevice.ConnectAsync(own.Open);
                await device.SubscribeAsync(topic);
                Assert.True(StateOf(device).IsOnline);
                // Takes over its connection, as the broker sees it: the first one's will is due.
                await using var other = await MqttDevice.ConnectAsync(own.Open, options => options.WithClientId(_group));
                Assert.False(StateOf(device).IsOnline);
            }
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    private static (bool IsOnline, long Timestamp) StateOf(MqttDevice device)
    {
        using var state = JsonDocument.Parse(Encoding.UTF8.GetString(device.Take().Payload));
        return (state.RootElement.GetProperty("online").GetBoolean(), state.RootElement.GetProperty("timestamp").GetInt64());
    }

    private string Topic(string message, string? device = null) =>
        $"spBv1.0/{_group}/{message}/N{(device is null ? "" : $"/{device}")}";

    private SparkplugSource Source(Action<SparkplugOptions>? configure = null)
    {
        var options = new SparkplugOptions { Name = "Plant", Type = "SparkplugB", Server = broker.Open.OriginalString, ClientId = _group, GroupId = _group };
        configure?.Invoke(options);
        Assert.Empty(OptionsCheck.Errors(options));
        return new SparkplugSource(options, TimeProvider.System, new ListLogger<SparkplugSource>());
    }
}
