using System.Buffers;
using MQTTnet;
using MQTTnet.Protocol;

namespace LiveViz.Server.Sources.Mqtt;

/// <summary>A message as it came.</summary>
/// <param name="arguments">What MQTTnet gave.</param>
/// <param name="received">When it came, UTC.</param>
internal sealed class MqttDelivery(MqttApplicationMessageReceivedEventArgs arguments, DateTime received)
{
    /// <summary>When it came, UTC.</summary>
    public DateTime Received { get; } = received;

    /// <summary>Its topic.</summary>
    public string Topic => arguments.ApplicationMessage.Topic;

    /// <summary>Its payload.</summary>
    public ReadOnlyMemory<byte> Payload { get; } =
        arguments.ApplicationMessage.Payload.IsSingleSegment ? arguments.ApplicationMessage.Payload.First : arguments.ApplicationMessage.Payload.ToArray();

    /// <summary>Whether the broker had it in store when the subscription was made: it is of some time before.</summary>
    public bool IsRetained => arguments.ApplicationMessage.Retain;

    /// <summary>Whether the broker waits for it to be acknowledged.</summary>
    public bool IsAcknowledged => arguments.ApplicationMessage.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce;

    /// <summary>Whether it came for a subscription; where the broker does not say for which, for any.</summary>
    public bool IsFor(uint subscription) =>
        arguments.ApplicationMessage.SubscriptionIdentifiers is not { Count: > 0 } all || all.Contains(subscription);

    /// <summary>Tells the broker that it need not be sent again.</summary>
    public Task AcknowledgeAsync(CancellationToken cancellationToken) => arguments.AcknowledgeAsync(cancellationToken);
}
