using LiveViz.Tests.Sources.Kafka;

namespace LiveViz.Tests.Services.Values;

/// <summary>Records of Kafka.</summary>
internal sealed class KafkaDoor(string name, MockKafka broker, string store) : Door(name)
{
    public override bool IsKept => true;

    public override IReadOnlyList<string> Settings =>
        ["Type=Kafka", $"Servers={broker.Servers}", $"Topics:0={store}", $"Group={store}", "Sensor={$.sensorId}"];

    public override async Task SendAsync(Uri server, IReadOnlyList<Sample> samples)
    {
        broker.Create(store);
        foreach (var message in Messages(samples))
        {
            await broker.ProduceAsync(store, null, message);
        }
    }
}
