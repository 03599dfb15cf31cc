using LiveViz.Tests.Services.Mqtt;

namespace LiveViz.Tests.Services.Values;

/// <summary>Messages of MQTT: JSON, with times that are recognised or counted in milliseconds, or plain numbers.</summary>
internal sealed class MqttDoor(string name, Mosquitto broker, string store, bool isPlain = false, bool isMilliseconds = false) : Door(name)
{
    private readonly string _topic = $"{store}-{name}";

    public override TimeCount Counts => isMilliseconds ? TimeCount.Milliseconds : TimeCount.Recognised;

    public override bool HasTimes => !isPlain;

    public override bool IsHeardLate => true;

    public override IReadOnlyList<string> Settings =>
    [
        "Type=Mqtt", $"Server={broker.Open.OriginalString}", $"ClientId={_topic}", $"Topics:0:Topic={_topic}/#",
        .. isPlain ? (string[])["Topics:0:Payload=Plain", "Topics:0:Sensor={2}"] : ["Topics:0:Sensor={$.sensorId}"],
        .. isMilliseconds ? (string[])["Topics:0:TimeUnit=Milliseconds"] : [],
    ];

    public override async Task SendAsync(Uri server, IReadOnlyList<Sample> samples)
    {
        await using var device = await MqttDevice.ConnectAsync(broker.Open);
        if (isPlain)
        {
            foreach (var sample in samples)
            {
                await device.PublishAsync($"{_topic}/{sample.Sensor}", sample.Number.Text);
            }
        }
        else
        {
            foreach (var message in Messages(samples))
            {
                await device.PublishAsync($"{_topic}/a", message);
            }
        }
    }
}
