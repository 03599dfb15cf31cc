using LiveViz.Server.Sources.Mqtt;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Server.Sources.Sparkplug;

namespace LiveViz.Tests.Sources.Sparkplug;

/// <summary>What a source makes of messages, without a broker.</summary>
internal sealed class NodesRun
{
    private readonly SparkplugNodes _nodes;
    private readonly Rejections _rejections;
    private readonly Rejections _notShown;

    public NodesRun(Action<SparkplugOptions>? configure = null)
    {
        var options = new SparkplugOptions { Name = "Plant", Type = "SparkplugB", Server = "mqtt://localhost" };
        configure?.Invoke(options);
        Assert.Empty(OptionsCheck.Errors(options));
        _rejections = new Rejections("Plant", Logger);
        _notShown = new Rejections("Plant", Logger);
        _nodes = new SparkplugNodes(options, Sensors, _rejections, _notShown);
    }

    public KnownSensors Sensors { get; } = new();

    public ListLogger<NodesRun> Logger { get; } = new();

    public long Rejected => _rejections.Count;

    public long NotShown => _notShown.Count;

    /// <summary>The clock by which messages come.</summary>
    public DateTime Now { get; set; } = Written.Time.AddMinutes(1);

    /// <summary>Why the node was to be asked for a rebirth by the latest message; null where it was not.</summary>
    public string? Asked { get; private set; }

    public List<DataPoint> Read(string topic, byte[] payload)
    {
        var points = new List<DataPoint>();
        Asked = _nodes.Read($"spBv1.0/{topic}", payload, Now, points)?.Reason;
        return points;
    }
}
