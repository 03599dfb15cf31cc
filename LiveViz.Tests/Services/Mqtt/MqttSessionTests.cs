using LiveViz.Server.Sources.Mqtt;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Tests.Sources;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace LiveViz.Tests.Services.Mqtt;

/// <summary>What needs a broker of another kind, or a reader that does not read.</summary>
[Trait("Category", "Services")]
public sealed class MqttSessionTests : IAsyncLifetime
{
    private readonly ListLogger<MqttSession> _logger = new();
    private readonly MqttServer _broker;
    private readonly int _port = ServiceProcess.FreePort();

    public MqttSessionTests() => _broker = new MqttServerFactory().CreateMqttServer(
        new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(_port).WithMaxPendingMessagesPerClient(100_000).Build());

    public Task InitializeAsync() => _broker.StartAsync();

    public async Task DisposeAsync()
    {
        await _broker.StopAsync();
        _broker.Dispose();
    }

    [Fact]
    public async Task Broker_that_does_not_speak_mqtt_5_is_spoken_to_in_3_1_1()
    {
        var versions = new List<MqttProtocolVersion>();
        _broker.ValidatingConnectionAsync += connection =>
        {
            versions.Add(connection.ProtocolVersion);
            connection.ReasonCode = connection.ProtocolVersion == MqttProtocolVersion.V500 ? MqttConnectReasonCode.UnsupportedProtocolVersion : MqttConnectReasonCode.Success;
            return Task.CompletedTask;
        };
        var options = Options();
        options.Topics = [new MqttTopicOptions { Topic = "a", Payload = PayloadForm.Plain }];
        _broker.ClientSubscribedTopicAsync += _ => PublishAsync("a", "1", MqttQualityOfServiceLevel.AtLeastOnce);

        await using var run = new SourceRun(new MqttSource(options, TimeProvider.System, new ListLogger<MqttSource>()));

        Assert.Equal(1, Assert.Single(await run.TakeAsync(1)).Value);
        Assert.Equal([MqttProtocolVersion.V500, MqttProtocolVersion.V311], versions);
    }

    [Fact]
    public async Task Second_client_with_the_same_id_is_told_by_a_broker_that_says_so()
    {
        var rejections = new Rejections("Plant", _logger);
        await using var first = await MqttSession.OpenAsync(Options(), _ => { }, rejections, TimeProvider.System, CancellationToken.None);
        await using var second = await MqttSession.OpenAsync(Options(), _ => { }, rejections, TimeProvider.System, CancellationToken.None);

        var lost = await Assert.ThrowsAsync<IOException>(async () => await first.ReadAsync(CancellationToken.None).FirstAsync());
        Assert.Contains("Another client with the ClientId \"liveviz-plant\" took the connection", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_topic_is_told()
    {
        _broker.InterceptingSubscriptionAsync += subscription =>
        {
            subscription.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
            subscription.ProcessSubscription = false;
            return Task.CompletedTask;
        };
        await using var session = await MqttSession.OpenAsync(Options(), _ => { }, new Rejections("Plant", _logger), TimeProvider.System, CancellationToken.None);

        var refused = await Assert.ThrowsAsync<IOException>(() => session.SubscribeAsync(new MqttTopicFilter { Topic = "secret/#" }, 1, CancellationToken.None));
        Assert.Contains("refuses to send the topic \"secret/#\": NotAuthorized", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_qos_0_that_nobody_reads_are_dropped_beyond_a_bound_and_counted()
    {
        var rejections = new Rejections("Plant", _logger);
        await using var session = await MqttSession.OpenAsync(Options(), _ => { }, rejections, TimeProvider.System, CancellationToken.None);
        await session.SubscribeAsync(new MqttTopicFilter { Topic = "#" }, 1, CancellationToken.None);

        for (var i = 0; i < 10_010; i++)
        {
            await PublishAsync("a", "1", MqttQualityOfServiceLevel.AtMostOnce);
        }

        while (rejections.Count < 10)
        {
            await Task.Delay(20);
        }

        var kept = await session.ReadAsync(CancellationToken.None).Take(10_000).CountAsync();
        Assert.Equal((10_000, 10), (kept, rejections.Count));
        Assert.Contains("faster than they can be read", Assert.Single(_logger.Entries).Message, StringComparison.Ordinal);
    }

    private MqttOptions Options() => new() { Name = "Plant", Type = "Mqtt", Server = $"mqtt://127.0.0.1:{_port}" };

    private Task PublishAsync(string topic, string payload, MqttQualityOfServiceLevel qos) =>
        _broker.InjectApplicationMessage(new InjectedMqttApplicationMessage(
            new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(qos).Build()));
}
