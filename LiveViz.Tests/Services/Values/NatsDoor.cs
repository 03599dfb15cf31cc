using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace LiveViz.Tests.Services.Values;

/// <summary>Messages of NATS: of a subject, or of a stream.</summary>
internal sealed class NatsDoor(string name, NatsServer broker, string store, bool isStream) : Door(name)
{
    private readonly string _subject = $"{store}-{name}";

    public override bool IsKept => isStream;

    public override bool IsHeardLate => !isStream;

    public override IReadOnlyList<string> Settings =>
        ["Type=Nats", $"Url={broker.Url}", $"Subjects:0={_subject}", "Sensor={$.sensorId}", .. isStream ? (string[])[$"Stream={_subject}"] : []];

    public override async Task SendAsync(Uri server, IReadOnlyList<Sample> samples)
    {
        await using var client = await broker.ConnectAsync();
        if (isStream)
        {
            await new NatsJSContext(client).CreateStreamAsync(new StreamConfig(_subject, [_subject]));
        }

        foreach (var message in Messages(samples))
        {
            await client.PublishAsync(_subject, message);
        }

        // What was published has been sent when this is answered.
        await client.PingAsync();
    }
}
