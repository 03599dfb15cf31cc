namespace LiveViz.Server.Sources.Nats;

/// <summary>How a message of a stream is acknowledged.</summary>
/// <param name="Sequence">Its number in the stream.</param>
/// <param name="Reply">The subject to say so on.</param>
internal readonly record struct StreamAcknowledgement(ulong Sequence, string Reply);
