using System.Text.RegularExpressions;
using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Server.Sources.Sparkplug;

/// <summary>A text made of where a metric is: "{group}/{node}/{device}/{metric}".</summary>
internal sealed partial class MetricTemplate
{
    private static readonly string[] Names = ["group", "node", "device", "metric"];

    private readonly SensorTemplate _ofDevice;
    private readonly SensorTemplate _ofNode;

    /// <summary>Reads a template.</summary>
    /// <exception cref="FormatException">It cannot be used; says why.</exception>
    public MetricTemplate(string text)
    {
        _ofDevice = SensorTemplate.Parse(text, Names, isJson: false);
        var ofNode = Device().Replace(text, "");
        _ofNode = SensorTemplate.Parse(ofNode.Length > 0 ? ofNode : "{node}", Names, isJson: false);
    }

    /// <summary>Why a text is no template; null where it is one.</summary>
    public static string? ProblemOf(string text)
    {
        try
        {
            _ = new MetricTemplate(text);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    /// <summary>Makes the text; empty where an id in it is.</summary>
    public string Format(SparkplugTopic topic, string metric)
    {
        var template = topic.Device.Length > 0 ? _ofDevice : _ofNode;
        return template.TryFormat([topic.Group, topic.Node, topic.Device, metric], default, "", out var text, out _) ? text.TrimEnd('/') : "";
    }

    [GeneratedRegex("\\{device\\}[^{]?", RegexOptions.IgnoreCase)]
    private static partial Regex Device();
}
