namespace LiveViz.Server.Sources.Kafka;

/// <summary>Where a group begins that has not read a topic before.</summary>
internal enum KafkaStart
{
    /// <summary>At the oldest record the broker still has.</summary>
    Beginning,

    /// <summary>At the next record.</summary>
    Now,
}
