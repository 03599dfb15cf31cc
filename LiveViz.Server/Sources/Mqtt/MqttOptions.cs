using System.ComponentModel.DataAnnotations;

namespace LiveViz.Server.Sources.Mqtt;

/// <summary>Settings of a source that subscribes to topics of an MQTT broker.</summary>
internal sealed class MqttOptions : MqttBrokerOptions
{
    /// <summary>What to subscribe to, and how to read it. A message is read by the first entry that its topic fits.</summary>
    [MinLength(1, ErrorMessage = "must list at least one topic, such as Topics:0:Topic = plant/+/temperature")]
    public IReadOnlyList<MqttTopicOptions> Topics { get; set; } = [];

    /// <summary>
    /// For how long the broker keeps messages for this source while it is away. Default a day: a weekend off should be
    /// asked for, as the broker keeps them on its disk.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00", ErrorMessage = "must be from 00:00:00 to 365.00:00:00")]
    public TimeSpan SessionExpiry { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How many messages may be under way unacknowledged. Default 1,000: at ten commits a second that is 10,000 messages
    /// a second, and with messages of a kilobyte a megabyte of memory.
    /// </summary>
    [Range(1, 65535, ErrorMessage = "must be from 1 to 65535")]
    public int ReceiveMaximum { get; set; } = 1000;
}
