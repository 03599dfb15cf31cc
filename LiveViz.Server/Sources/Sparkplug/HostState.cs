using System.Text.Json;
using MQTTnet;
using MQTTnet.Protocol;

namespace LiveViz.Server.Sources.Sparkplug;

/// <summary>What tells edge nodes whether this host is there: the retained STATE message, and the will that takes it back.</summary>
/// <param name="hostId">The id of the host.</param>
/// <param name="connected">When it connected; birth and will carry the same time.</param>
internal sealed class HostState(string hostId, DateTimeOffset connected)
{
    /// <summary>Its topic.</summary>
    public string Topic { get; } = $"{SparkplugTopic.Namespace}/STATE/{hostId}";

    /// <summary>The message that says so.</summary>
    public MqttApplicationMessage Message(bool isOnline) => new()
    {
        Topic = Topic,
        PayloadSegment = Text(isOnline),
        Retain = true,
        QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
    };

    /// <summary>Makes the will of a connection say that the host is gone.</summary>
    public void WriteWill(MqttClientOptions client)
    {
        client.WillTopic = Topic;
        client.WillPayload = Text(isOnline: false);
        client.WillRetain = true;
        client.WillQualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce;
    }

    /// <summary>Whether a message says that the host is gone, which it is not: an earlier connection's will may come late.</summary>
    public static bool IsDenied(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("online", out var online) && online.ValueKind == JsonValueKind.False;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private byte[] Text(bool isOnline) =>
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["online"] = isOnline, ["timestamp"] = connected.ToUnixTimeMilliseconds() });
}
