using System.Collections.Concurrent;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;

namespace LiveViz.Tests.Services.Mqtt;

/// <summary>A device that publishes, and notes what is published to it.</summary>
internal sealed class MqttDevice : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    private MqttDevice()
    {
    }

    /// <summary>What came for it: topic and payload.</summary>
    public BlockingCollection<(string Topic, byte[] Payload)> Received { get; } = [];

    public static async Task<MqttDevice> ConnectAsync(Uri broker, Action<MqttClientOptionsBuilder>? configure = null)
    {
        var device = new MqttDevice();
        device._client.ApplicationMessageReceivedAsync += message =>
        {
            device.Received.Add((message.ApplicationMessage.Topic, System.Buffers.BuffersExtensions.ToArray(message.ApplicationMessage.Payload)));
            return Task.CompletedTask;
        };
        var options = new MqttClientOptionsBuilder().WithTcpServer(broker.Host, broker.Port);
        configure?.Invoke(options);
        await device._client.ConnectAsync(options.Build());
        return device;
    }

    public Task PublishAsync(string topic, string payload, bool retain = false, int qos = 1) =>
        PublishAsync(topic, Encoding.UTF8.GetBytes(payload), retain, qos);

    public async Task PublishAsync(string topic, byte[] payload, bool retain = false, int qos = 1) =>
        await _client.PublishAsync(new MqttApplicationMessageBuilder()
            .WithTopic(topic).WithPayload(payload).WithRetainFlag(retain).WithQualityOfServiceLevel((MqttQualityOfServiceLevel)qos).Build());

    public async Task SubscribeAsync(string topic) => await _client.SubscribeAsync(topic, MqttQualityOfServiceLevel.AtLeastOnce);

    public (string Topic, byte[] Payload) Take()
    {
        Assert.True(Received.TryTake(out var message, TimeSpan.FromSeconds(30)));
        return message;
    }

    /// <summary>Goes without a word, as a device without power does: the broker publishes its will.</summary>
    public void Cut() => _client.Dispose();

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
        {
            await _client.DisconnectAsync();
        }

        _client.Dispose();
        Received.Dispose();
    }
}
