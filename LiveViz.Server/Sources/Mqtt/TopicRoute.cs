using LiveViz.Server.Sources.Payloads;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace LiveViz.Server.Sources.Mqtt;

/// <summary>The way from the messages of one subscription to samples.</summary>
internal sealed class TopicRoute
{
    private readonly MqttTopicOptions _options;
    private readonly PayloadReader _reader;
    private readonly SensorTemplate? _group;
    private readonly string _source;

    /// <summary>Makes it of valid options.</summary>
    /// <param name="options">The topic.</param>
    /// <param name="source">The name of the source.</param>
    public TopicRoute(MqttTopicOptions options, string source)
    {
        _options = options;
        _source = source;
        var payload = new TopicPayload(options);
        _reader = new PayloadReader(payload);
        _group = string.IsNullOrEmpty(options.Group) ? null : SensorTemplate.Parse(options.Group, payload.Names, isJson: false);
        Filter = new MqttTopicFilter
        {
            Topic = options.Topic,
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)options.Qos,
            // What is retained was sent already when the session began: at each reconnect it would only come again.
            RetainHandling = MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly,
        };
    }

    /// <summary>What to subscribe to.</summary>
    public MqttTopicFilter Filter { get; }

    /// <summary>Whether the messages of a topic go this way.</summary>
    public bool Fits(string topic) => MqttTopicFilterComparer.Compare(topic, _options.Topic) == MqttTopicFilterCompareResult.IsMatch;

    /// <summary>Reads a message, as <see cref="PayloadReader.Read"/> does.</summary>
    public int Read(string topic, ReadOnlyMemory<byte> payload, DateTime time, List<DataPoint> points, out string problem) =>
        _reader.Read(payload, NamesIn(topic), time, points, out problem);

    /// <summary>What is known of a sensor that came this way.</summary>
    public Sensor Describe(string id, string topic) =>
        new() { Id = id, Unit = _options.Unit, Group = GroupOf(topic) };

    private static string[] NamesIn(string topic) => [topic, .. topic.Split('/')];

    private string GroupOf(string topic) =>
        _group is not null && _group.TryFormat(NamesIn(topic), default, "", out var group, out _) ? group : _source;
}
