using System.Globalization;
using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Server.Sources.Mqtt;

/// <summary>What is said of one topic's messages, as <see cref="PayloadReader"/> takes it.</summary>
internal sealed class TopicPayload : PayloadOptions
{
    // A topic that ends in # may have any number of levels; more than these no template can name.
    private const int MostLevels = 20;

    /// <summary>Takes it from the options of the topic.</summary>
    public TopicPayload(MqttTopicOptions topic)
    {
        Type = "Mqtt";
        Payload = topic.Payload;
        Values = topic.Values;
        TimePath = topic.TimePath;
        TimeUnit = topic.TimeUnit;
        QualityPath = topic.QualityPath;
        var several = Payload == PayloadForm.Json && (Values.Count > 1 || Values.Any(PayloadReader.IsEvery));
        Sensor = !string.IsNullOrEmpty(topic.Sensor) ? topic.Sensor : several ? "{topic}/{field}" : "{topic}";
        Names = NamesOf(topic.Topic);
    }

    /// <inheritdoc />
    public override string Sensor { get; set; }

    /// <inheritdoc />
    internal override IReadOnlyList<string> Names { get; }

    /// <summary>What a template can name in the topics that fit a filter: the topic, and its levels by number.</summary>
    public static IReadOnlyList<string> NamesOf(string filter)
    {
        var levels = filter.EndsWith('#') ? MostLevels : filter.Count(c => c == '/') + 1;
        return ["topic", .. Enumerable.Range(1, levels).Select(level => level.ToString(CultureInfo.InvariantCulture))];
    }
}
