using System.Globalization;
using LiveViz.Server.Sources.Sparkplug.Wire;
using LiveViz.Tests.Services.Mqtt;
using LiveViz.Tests.Sources.Sparkplug;

namespace LiveViz.Tests.Services.Values;

/// <summary>The births of an edge node.</summary>
internal sealed class SparkplugDoor(string name, Mosquitto broker, string store) : Door(name)
{
    private readonly string _group = $"{store}-{name}";

    public override TimeCount Counts => TimeCount.Milliseconds;

    public override bool IsHeardLate => true;

    public override IReadOnlyList<string> Settings =>
        ["Type=SparkplugB", $"Server={broker.Open.OriginalString}", $"ClientId={_group}", $"GroupId={_group}", "Sensor={metric}"];

    public override async Task SendAsync(Uri server, IReadOnlyList<Sample> samples)
    {
        await using var device = await MqttDevice.ConnectAsync(broker.Open);
        await device.PublishAsync($"spBv1.0/{_group}/NBIRTH/{samples[^1].Sensor}", Written.Birth(1, [.. samples.Select(MetricOf)]));
    }

    private static Metric MetricOf(Sample sample)
    {
        var (number, time) = (sample.Number.Text, sample.Time);
        var metric = number.Length == 0 ? new Metric { Datatype = 10, IsNull = true }
            : long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? new Metric { Datatype = 4, LongValue = (ulong)whole }
            : new Metric { Datatype = 10, DoubleValue = double.Parse(number, CultureInfo.InvariantCulture) };
        metric.Timestamp = time.Instant is { } at ? Written.Milliseconds(at) : ulong.Parse(time.Text, CultureInfo.InvariantCulture);
        return Written.Named(metric, sample.Sensor);
    }
}
