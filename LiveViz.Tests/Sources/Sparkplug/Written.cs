using Google.Protobuf;
using LiveViz.Server.Sources.Sparkplug.Wire;

namespace LiveViz.Tests.Sources.Sparkplug;

/// <summary>Payloads as an edge node writes them.</summary>
internal static class Written
{
    public static readonly DateTime Time = new(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);

    public static ulong Milliseconds(DateTime time) => (ulong)(time - DateTime.UnixEpoch).TotalMilliseconds;

    public static byte[] Payload(int? sequence, params Metric[] metrics) => Payload(sequence, Time, metrics);

    public static byte[] Payload(int? sequence, DateTime time, params Metric[] metrics)
    {
        var payload = new Payload { Timestamp = Milliseconds(time), Metrics = { metrics } };
        if (sequence is { } number)
        {
            payload.Seq = (ulong)number;
        }

        return payload.ToByteArray();
    }

    public static byte[] Birth(ulong birthSequence, params Metric[] metrics) => Payload(0, [BirthSequence(birthSequence), .. metrics]);

    public static byte[] Death(ulong birthSequence) => Payload(null, BirthSequence(birthSequence));

    public static Metric BirthSequence(ulong number) => new() { Name = "bdSeq", Datatype = 8, LongValue = number };

    public static Metric Double(string name, double value, ulong? alias = null) => Named(new Metric { Datatype = 10, DoubleValue = value }, name, alias);

    public static Metric Named(Metric metric, string name, ulong? alias = null)
    {
        metric.Name = name;
        if (alias is { } number)
        {
            metric.Alias = number;
        }

        return metric;
    }

    public static Metric Aliased(ulong alias, double value) => new() { Alias = alias, DoubleValue = value };
}
