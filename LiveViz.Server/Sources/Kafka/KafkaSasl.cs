namespace LiveViz.Server.Sources.Kafka;

/// <summary>How a Kafka broker is told who reads.</summary>
internal enum KafkaSasl
{
    /// <summary>Not by name and password.</summary>
    None,

    /// <summary>SASL/PLAIN: the password as it is, so over TLS only.</summary>
    Plain,

    /// <summary>SASL/SCRAM-SHA-256.</summary>
    ScramSha256,

    /// <summary>SASL/SCRAM-SHA-512.</summary>
    ScramSha512,
}
