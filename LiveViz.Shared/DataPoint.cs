using System.Runtime.Serialization;

namespace LiveViz;

/// <summary>One sample of one sensor.</summary>
/// <param name="SensorId">The sensor's id, unique on its server; 1 to 256 characters, none of them a control or an invisible one, no space at an end.</param>
/// <param name="Timestamp">
/// When it was measured, UTC. A <see cref="DateTimeKind.Local"/> time is converted by the server,
/// an <see cref="DateTimeKind.Unspecified"/> one is taken for UTC.
/// </param>
/// <param name="Value">
/// The measurement in the sensor's unit; null where there is none. A source may yield NaN or an infinity:
/// the server turns it into null with <see cref="Quality.Bad"/>.
/// </param>
/// <param name="Quality">How far the value can be trusted.</param>
/// <param name="Sequence">
/// The sample's number within its sensor and the server's epoch, from 1 without gaps, stamped by the server;
/// 0 on a sample that has not been through it.
/// </param>
[DataContract]
public readonly record struct DataPoint(
    [property: DataMember(Name = "sensorId")] string SensorId,
    [property: DataMember(Name = "timestamp")] DateTime Timestamp,
    [property: DataMember(Name = "value")] double? Value,
    [property: DataMember(Name = "quality")] Quality Quality = Quality.Good,
    [property: DataMember(Name = "sequence")] long Sequence = 0);
