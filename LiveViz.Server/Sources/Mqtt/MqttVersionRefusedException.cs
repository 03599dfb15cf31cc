namespace LiveViz.Server.Sources.Mqtt;

/// <summary>The broker does not speak MQTT 5.</summary>
internal sealed class MqttVersionRefusedException : Exception;
