using Google.Protobuf;
using LiveViz.Server.Sources.Mqtt;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Server.Sources.Sparkplug.Wire;
using LiveViz.Server.Streaming;

namespace LiveViz.Server.Sources.Sparkplug;

/// <summary>
/// Makes samples of what edge nodes publish. What has to be known of them is in their births: where one is missing, or
/// messages were lost, it says that the node should be asked for a rebirth.
/// </summary>
/// <param name="options">The source's settings.</param>
/// <param name="sensors">Takes the sensors.</param>
/// <param name="rejections">Takes what cannot be read.</param>
/// <param name="notShown">Takes metrics that are no numbers.</param>
internal sealed class SparkplugNodes(SparkplugOptions options, KnownSensors sensors, Rejections rejections, Rejections notShown)
{
    // Whoever may publish can make up nodes and metrics without end.
    private const int MostNodes = 10_000;
    private const int MostKept = 200_000;
    private const int LongestName = 1000;
    private const ulong LastMillisecond = 253_402_300_799_999;

    // A node is asked for a rebirth no more often than this.
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    private readonly MetricTemplate _id = new(options.Sensor);
    private readonly MetricTemplate _group = new(options.Group);
    private readonly Dictionary<(string Group, string Node), SparkplugNode> _nodes = [];
    private int _kept;

    /// <summary>Reads a message.</summary>
    /// <param name="topicText">Its topic.</param>
    /// <param name="bytes">Its payload.</param>
    /// <param name="received">When it came, UTC.</param>
    /// <param name="points">Takes the samples.</param>
    /// <returns>The node to be asked for a rebirth, and why; null where none has to be.</returns>
    public (SparkplugTopic Node, string Reason)? Read(string topicText, ReadOnlyMemory<byte> bytes, DateTime received, List<DataPoint> points)
    {
        if (!SparkplugTopic.TryParse(topicText, out var topic, out var message))
        {
            Reject(topicText, 1, "is none of a Sparkplug node or device");
            return null;
        }

        Payload payload;
        try
        {
            payload = Payload.Parser.ParseFrom(bytes.Span);
        }
        catch (InvalidProtocolBufferException e)
        {
            Reject(topicText, 1, $"is no Sparkplug B payload: {e.Message}");
            return null;
        }

        if (!_nodes.TryGetValue((topic.Group, topic.Node), out var node))
        {
            if (_nodes.Count >= MostNodes)
            {
                Reject(topicText, 1, $"is of one node too many; at most {MostNodes} are read");
                return null;
            }

            _nodes[(topic.Group, topic.Node)] = node = new SparkplugNode();
        }

        _kept -= node.Size;
        var reading = new Reading(topic, topicText, node, payload, received, points);
        var reason = message switch
        {
            SparkplugMessage.NodeBirth => ReadNodeBirth(reading),
            SparkplugMessage.NodeDeath => ReadNodeDeath(reading),
            SparkplugMessage.DeviceBirth => ReadDeviceBirth(reading),
            SparkplugMessage.DeviceDeath => ReadDeviceDeath(reading),
            _ => ReadData(reading),
        };
        _kept += node.Size;
        if (reason is null || received - node.Asked < Between)
        {
            return null;
        }

        node.Asked = received;
        return (topic, reason);
    }

    private static ulong? BirthSequenceOf(Payload payload) =>
        payload.Metrics.FirstOrDefault(metric => metric.Name == "bdSeq") switch
        {
            { ValueCase: Metric.ValueOneofCase.LongValue } found => found.LongValue,
            { ValueCase: Metric.ValueOneofCase.IntValue } found => found.IntValue,
            _ => null,
        };

    private static bool IsControl(string name) =>
        name == "bdSeq" || name.StartsWith("Node Control/", StringComparison.Ordinal) || name.StartsWith("Device Control/", StringComparison.Ordinal);

    private static bool TryReadTime(Metric? metric, in Reading reading, out DateTime time)
    {
        time = reading.Received;
        ulong? written = metric is { HasTimestamp: true } ? metric.Timestamp : reading.Payload.HasTimestamp ? reading.Payload.Timestamp : null;
        if (written > LastMillisecond)
        {
            return false;
        }

        time = written is { } milliseconds ? DateTime.UnixEpoch.AddMilliseconds(milliseconds) : time;
        return true;
    }

    private static void EndAll(IReadOnlyList<SparkplugMetric> metrics, DateTime time, List<DataPoint> points)
    {
        foreach (var metric in metrics)
        {
            if (metric.SensorId is { } id)
            {
                // Where the node's clock is ahead, the end is still after the last of its samples.
                points.Add(new DataPoint(id, time > metric.Latest ? time : metric.Latest.AddTicks(1), null, Quality.Bad));
            }
        }
    }

    private string? ReadNodeBirth(in Reading reading)
    {
        reading.Node.Bear(BirthSequenceOf(reading.Payload), reading.Payload.Seq);
        ReadBirth(reading);
        return null;
    }

    private string? ReadNodeDeath(in Reading reading)
    {
        // The will of a connection may come after the birth that the node's next connection gave.
        if (BirthSequenceOf(reading.Payload) is not { } sequence)
        {
            Reject(reading.TopicText, 1, "has no bdSeq, so that nobody knows whose death it is");
        }
        else if (reading.Node.IsBorn && (reading.Node.BirthSequence ?? sequence) == sequence)
        {
            // Its own time is that of the connection, when the will was made.
            EndAll(reading.Node.Bury(), reading.Received, reading.Points);
        }

        return null;
    }

    private string? ReadDeviceBirth(in Reading reading)
    {
        if (!reading.Node.IsBorn)
        {
            Reject(reading.TopicText, 1, "came before the birth of its node");
            return "a device was born before it";
        }

        var lost = LostBefore(reading);
        if (_kept + reading.Node.Size >= MostKept)
        {
            Reject(reading.TopicText, 1, $"is of one device too many; at most {MostKept} metrics and devices are kept");
            return lost;
        }

        reading.Node.BearDevice(reading.Topic.Device);
        ReadBirth(reading);
        return lost;
    }

    private static string? ReadDeviceDeath(in Reading reading)
    {
        if (!reading.Node.Has(reading.Topic.Device))
        {
            return reading.Node.IsBorn ? LostBefore(reading) : null;
        }

        var lost = LostBefore(reading);
        TryReadTime(null, reading, out var time);
        EndAll(reading.Node.BuryDevice(reading.Topic.Device), time, reading.Points);
        return lost;
    }

    private string? ReadData(in Reading reading)
    {
        var reason = reading.Node.IsBorn ? LostBefore(reading) : null;
        if (!reading.Node.Has(reading.Topic.Device))
        {
            Reject(reading.TopicText, Math.Max(1, reading.Payload.Metrics.Count), "came before a birth, which says what is what");
            return "data came before its birth";
        }

        foreach (var written in reading.Payload.Metrics)
        {
            if (reading.Node.TryFind(written, reading.Topic.Device, out var metric))
            {
                ReadSample(written, metric, reading);
            }
            else if (!IsControl(written.Name))
            {
                var which = written.Name.Length > 0 ? $"the metric {ShownText.Quoted(written.Name)}" : $"the alias {written.Alias}";
                Reject(reading.TopicText, 1, $"has {which}, of which no birth said what it is");
                reason ??= $"{which} is not known";
            }
        }

        return reason;
    }

    private static string? LostBefore(in Reading reading) =>
        reading.Node.Follows(reading.Payload.Seq, out var due) && reading.Payload.HasSeq ? null
            : $"messages were lost: number {reading.Payload.Seq} came where {due} was due";

    private void ReadBirth(in Reading reading)
    {
        foreach (var written in reading.Payload.Metrics)
        {
            if (IsControl(written.Name))
            {
                continue;
            }

            if (written.Name.Length is 0 or > LongestName)
            {
                Reject(reading.TopicText, 1, written.Name.Length == 0 ? "defines a metric without a name" : "defines a metric with a name that is too long");
            }
            else if (_kept + reading.Node.Size >= MostKept)
            {
                Reject(reading.TopicText, 1, $"defines one metric too many; at most {MostKept} are kept");
            }
            else
            {
                var metric = Define(written, reading);
                reading.Node.Define(written, metric);
                ReadSample(written, metric, reading);
            }
        }
    }

    private SparkplugMetric Define(Metric written, in Reading reading)
    {
        var type = (SparkplugType)written.Datatype;
        var id = _id.Format(reading.Topic, written.Name);
        if (!Enum.IsDefined(type))
        {
            notShown.Add(1, $"the metric {ShownText.Quoted(written.Name)} of {reading.Topic.ShownNode}", $"is of data type {written.Datatype}, which is no number: it is not shown");
            id = null;
        }
        else if (Intake.IdProblem(id) is { } problem)
        {
            Reject(reading.TopicText, 1, $"defines the metric {ShownText.Quoted(written.Name)}, which {problem}");
            id = null;
        }
        else
        {
            sensors.Set(new Sensor
            {
                Id = id,
                Name = reading.Topic.Device.Length > 0 ? $"{reading.Topic.Device}/{written.Name}" : written.Name,
                Unit = SparkplugValue.UnitOf(written.Properties),
                Group = _group.Format(reading.Topic, written.Name),
            });
        }

        return new SparkplugMetric(id, type, reading.Topic.Device);
    }

    private void ReadSample(Metric written, SparkplugMetric metric, in Reading reading)
    {
        if (metric.SensorId is not { } id)
        {
            return;
        }

        if (!SparkplugValue.TryRead(written, metric.Type, out var value))
        {
            Reject(reading.TopicText, 1, $"gives {id} a value that is no {metric.Type}");
        }
        else if (!TryReadTime(written, reading, out var time))
        {
            Reject(reading.TopicText, 1, $"gives {id} a time after the year 9999");
        }
        else
        {
            metric.Latest = time > metric.Latest && !written.IsHistorical ? time : metric.Latest;
            reading.Points.Add(new DataPoint(id, time, value, value is null ? Quality.Bad : SparkplugValue.QualityOf(written.Properties)));
        }
    }

    private void Reject(string topic, int count, string problem) =>
        rejections.Add(count, $"the message on {ShownText.Quoted(topic)}", problem);

    private readonly record struct Reading(
        SparkplugTopic Topic, string TopicText, SparkplugNode Node, Payload Payload, DateTime Received, List<DataPoint> Points);
}
