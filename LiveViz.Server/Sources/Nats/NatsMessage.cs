namespace LiveViz.Server.Sources.Nats;

/// <summary>A message of a subject or a stream.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Data">What it says.</param>
/// <param name="Time">When the stream, or this server, received it, UTC.</param>
/// <param name="Acknowledge">How to acknowledge it; null where there is nothing to.</param>
internal readonly record struct NatsMessage(string Subject, byte[]? Data, DateTime Time, StreamAcknowledgement? Acknowledge = null);
