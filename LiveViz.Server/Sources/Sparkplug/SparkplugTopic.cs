using System.Diagnostics.CodeAnalysis;

namespace LiveViz.Server.Sources.Sparkplug;

/// <summary>A topic such as spBv1.0/group/DDATA/node/device.</summary>
/// <param name="Group">The group of the node.</param>
/// <param name="Node">The edge node.</param>
/// <param name="Device">The device; empty for the node itself.</param>
internal sealed record SparkplugTopic(string Group, string Node, string Device)
{
    /// <summary>What all topics begin with.</summary>
    public const string Namespace = "spBv1.0";

    // Anybody may publish topics of 64 KiB, and each node is kept.
    private const int Longest = 1000;

    private static readonly Dictionary<string, SparkplugMessage> Messages = new(StringComparer.Ordinal)
    {
        ["NBIRTH"] = SparkplugMessage.NodeBirth,
        ["NDATA"] = SparkplugMessage.NodeData,
        ["NDEATH"] = SparkplugMessage.NodeDeath,
        ["DBIRTH"] = SparkplugMessage.DeviceBirth,
        ["DDATA"] = SparkplugMessage.DeviceData,
        ["DDEATH"] = SparkplugMessage.DeviceDeath,
    };

    /// <summary>The node as people write it.</summary>
    public string ShownNode => $"{Group}/{Node}";

    /// <summary>Where commands for the node go.</summary>
    public string Command => $"{Namespace}/{Group}/NCMD/{Node}";

    /// <summary>What to subscribe to, to read a node and its devices.</summary>
    public static IEnumerable<string> FiltersOf(string group, string node) =>
        Messages.Select(message => $"{Namespace}/{group}/{message.Key}/{node}{(message.Value >= SparkplugMessage.DeviceBirth ? "/+" : "")}");

    /// <summary>Reads a topic.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SparkplugTopic? topic, out SparkplugMessage message)
    {
        var levels = text.Split('/');
        topic = null;
        message = default;
        if (text.Length > Longest || levels.Length is < 4 or > 5 || levels[0] != Namespace || levels.AsSpan().Contains("")
            || !Messages.TryGetValue(levels[2], out message) || message >= SparkplugMessage.DeviceBirth != (levels.Length == 5))
        {
            return false;
        }

        topic = new SparkplugTopic(levels[1], levels[3], levels.Length == 5 ? levels[4] : "");
        return true;
    }
}
