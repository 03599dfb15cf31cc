using LiveViz.Server.Sources.Sparkplug.Wire;
using static LiveViz.Tests.Sources.Sparkplug.Written;

namespace LiveViz.Tests.Sources.Sparkplug;

public class SparkplugNodesTests
{
    [Fact]
    public void Payload_is_read_by_the_field_numbers_of_the_specification()
    {
        byte[] properties =
        [
            .. Nested(0x0a, "engUnit"u8), .. Nested(0x0a, "Quality"u8), // keys, then values
            .. Nested(0x12, Nested(0x42, "K"u8)), .. Nested(0x12, [0x18, 0xc0, 0x01]), // a text and 192
        ];
        byte[] payload =
        [
            0x08, 0xe8, 0x07, // timestamp 1000
            // name, alias 7, timestamp 2000, Double, properties, 1.5
            .. Nested(0x12, [0x0a, 0x01, (byte)'a', 0x10, 0x07, 0x18, 0xd0, 0x0f, 0x20, 0x0a, .. Nested(0x4a, properties), 0x69, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f]),
            .. Nested(0x12, [0x0a, 0x01, (byte)'b', 0x20, 0x09, 0x65, 0, 0, 0x20, 0x40]), // Float 2.5
            .. Nested(0x12, [0x0a, 0x01, (byte)'c', 0x20, 0x0b, 0x28, 0x01, 0x70, 0x01]), // Boolean, historical
            .. Nested(0x12, [0x0a, 0x01, (byte)'d', 0x20, 0x04, 0x58, 0xac, 0x02]), // Int64 300
            .. Nested(0x12, [0x0a, 0x01, (byte)'e', 0x20, 0x05, 0x50, 0x07]), // UInt8 7
            .. Nested(0x12, [0x0a, 0x01, (byte)'f', 0x20, 0x0a, 0x38, 0x01]), // null
            0x18, 0x00, // seq 0
        ];
        var run = new NodesRun();

        var points = run.Read("G/NBIRTH/N", payload);

        Assert.Equal([("G/N/a", 1.5), ("G/N/b", 2.5), ("G/N/c", 1), ("G/N/d", 300), ("G/N/e", 7), ("G/N/f", null)], points.Select(point => (point.SensorId, point.Value)));
        Assert.Equal([2000, 1000, 1000, 1000, 1000, 1000], points.Select(point => (point.Timestamp - DateTime.UnixEpoch).TotalMilliseconds));
        Assert.Equal("K", run.Sensors.All.Single(sensor => sensor.Id == "G/N/a").Unit);
        Assert.Equal(2, Assert.Single(run.Read("G/NDATA/N", [.. Nested(0x12, [0x10, 0x07, 0x69, 0, 0, 0, 0, 0, 0, 0, 0x40]), 0x18, 0x01])).Value);
        Assert.Null(run.Asked);
    }

    [Fact]
    public void Data_is_of_what_the_births_defined_by_alias_or_by_name()
    {
        var run = new NodesRun();
        run.Read("G/NBIRTH/N", Birth(1, Double("Load", 1, 1)));
        run.Read("G/DBIRTH/N/Press", Payload(1, Double("Temp", 2, 2), Double("Force", 3)));

        var points = run.Read("G/DDATA/N/Press", Payload(2, Aliased(2, 20), Double("Force", 30)));
        points.AddRange(run.Read("G/NDATA/N", Payload(3, Time.AddSeconds(1), Aliased(1, 10))));

        Assert.Equal(
            [("G/N/Press/Temp", 20, Time), ("G/N/Press/Force", 30, Time), ("G/N/Load", 10, Time.AddSeconds(1))],
            points.Select(point => (point.SensorId, point.Value!.Value, point.Timestamp)));
        Assert.Equal([("G/N/Load", "Load", "N"), ("G/N/Press/Force", "Press/Force", "N"), ("G/N/Press/Temp", "Press/Temp", "N")],
            run.Sensors.All.OrderBy(sensor => sensor.Id, StringComparer.Ordinal).Select(sensor => (sensor.Id, sensor.Name, sensor.Group)));
        Assert.Null(run.Asked);
        Assert.Equal(0, run.Rejected);
    }

    [Theory]
    [InlineData(1, 0xffu, -1.0)]
    [InlineData(1, 0xffffffffu, -1.0)]
    [InlineData(1, 127u, 127.0)]
    [InlineData(1, 300u, null)]
    [InlineData(2, 0x8000u, -32768.0)]
    [InlineData(2, 0xffff8000u, -32768.0)]
    [InlineData(2, 0x18000u, null)]
    [InlineData(3, 0x80000000u, -2147483648.0)]
    [InlineData(4, 5u, 5.0)]
    [InlineData(5, 255u, 255.0)]
    [InlineData(5, 256u, null)]
    [InlineData(6, 65535u, 65535.0)]
    [InlineData(7, 4294967295u, 4294967295.0)]
    [InlineData(8, 1u, 1.0)]
    public void Integer_in_the_short_field_is_read_as_its_type_or_refused(int type, uint written, double? value) =>
        Check(type, new Metric { IntValue = written }, value);

    [Theory]
    [InlineData(1, 0xffffffffffffffffu, -1.0)]
    [InlineData(3, 0xffffffffu, -1.0)]
    [InlineData(4, 0xffffffffffffffffu, -1.0)]
    [InlineData(4, 0x8000000000000000u, -9223372036854775808.0)]
    [InlineData(4, 9007199254740993u, 9007199254740992.0)]
    [InlineData(7, 4294967295u, 4294967295.0)]
    [InlineData(7, 4294967296u, null)]
    [InlineData(8, 0xffffffffffffffffu, 18446744073709551616.0)]
    public void Integer_in_the_long_field_is_read_as_its_type_or_refused(int type, ulong written, double? value) =>
        Check(type, new Metric { LongValue = written }, value);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Number_that_is_not_finite_is_a_gap(double written)
    {
        var points = new NodesRun().Read("G/NBIRTH/N", Birth(1, Double("m", written), Named(new Metric { Datatype = 9, FloatValue = (float)written }, "f")));

        Assert.Equal([(null, Quality.Bad), (null, Quality.Bad)], points.Select(point => (point.Value, point.Quality)));
    }

    [Fact]
    public void Null_is_a_gap_and_minus_zero_stays()
    {
        var points = new NodesRun().Read("G/NBIRTH/N", Birth(1, Named(new Metric { Datatype = 10, IsNull = true }, "none"), Double("zero", -0.0)));

        Assert.Equal((null, Quality.Bad), (points[0].Value, points[0].Quality));
        Assert.True(double.IsNegative(points[1].Value!.Value));
    }

    [Theory]
    [InlineData(10, 1u)]
    [InlineData(11, 1u)]
    public void Value_of_another_type_is_refused(int type, uint written) => Check(type, new Metric { IntValue = written }, null);

    [Theory]
    [InlineData(0u, Quality.Bad)]
    [InlineData(64u, Quality.Uncertain)]
    [InlineData(192u, Quality.Good)]
    [InlineData(500u, Quality.Uncertain)]
    [InlineData(501u, Quality.Bad)]
    public void Quality_is_that_of_the_property(uint code, Quality quality)
    {
        var metric = Double("m", 1);
        metric.Properties = new PropertySet { Keys = { "Quality" }, Values = { new PropertyValue { IntValue = code } } };

        Assert.Equal(quality, Assert.Single(new NodesRun().Read("G/NBIRTH/N", Birth(1, metric))).Quality);
    }

    [Theory]
    [InlineData(0L, "1970-01-01T00:00:00.0000000Z")]
    [InlineData(253402300799999L, "9999-12-31T23:59:59.9990000Z")]
    [InlineData(1767323045L, "1970-01-21T10:55:23.0450000Z")]
    [InlineData(253402300800000L, null)]
    [InlineData(-1L, null)]
    public void Time_is_milliseconds_to_the_year_9999(long written, string? expected)
    {
        var run = new NodesRun();
        var metric = Double("m", 1);
        metric.Timestamp = (ulong)written;

        var points = run.Read("G/NBIRTH/N", Birth(1, metric, Double("neighbour", 2)));

        Assert.Equal("G/N/neighbour", points[^1].SensorId);
        Assert.Equal(expected, points.Count == 1 ? null : points[0].Timestamp.ToString("O"));
        Assert.Equal(expected is null ? 1 : 0, run.Rejected);
    }

    [Fact]
    public void Metrics_that_are_no_numbers_are_counted_once_a_birth_and_told_once()
    {
        var run = new NodesRun();
        var text = Named(new Metric { Datatype = 12, StringValue = "on" }, "State", 4);

        var points = run.Read("G/NBIRTH/N", Birth(1, text, Named(new Metric { Datatype = 16 }, "Table"), Named(new Metric { Datatype = 11, BooleanValue = false }, "Node Control/Rebirth")));
        points.AddRange(run.Read("G/NDATA/N", Payload(1, new Metric { Alias = 4, StringValue = "off" })));

        Assert.Empty(points);
        Assert.Equal((2, 0), (run.NotShown, run.Rejected));
        Assert.Contains("\"State\" of G/N is of data type 12", Assert.Single(run.Logger.Entries).Message, StringComparison.Ordinal);
        Assert.Null(run.Asked);
    }

    [Fact]
    public void Death_of_a_node_ends_all_its_sensors_after_their_last_sample()
    {
        var run = new NodesRun();
        var ahead = run.Now.AddHours(1);
        run.Read("G/NBIRTH/N", Birth(5, Double("a", 1, 1)));
        run.Read("G/DBIRTH/N/D", Payload(1, ahead, Double("b", 2, 2)));

        Assert.Empty(run.Read("G/NDEATH/N", Death(4)));
        var ends = run.Read("G/NDEATH/N", Death(5));

        Assert.Equal([("G/N/a", run.Now), ("G/N/D/b", ahead.AddTicks(1))], ends.Select(point => (point.SensorId, point.Timestamp)));
        Assert.All(ends, point => Assert.Equal((null, Quality.Bad), (point.Value, point.Quality)));
        Assert.Empty(run.Read("G/NDEATH/N", Death(5)));
        Assert.Empty(run.Read("G/NDATA/N", Payload(2, Aliased(1, 3))));
        Assert.NotNull(run.Asked);
    }

    [Fact]
    public void Death_of_a_device_ends_its_sensors_alone()
    {
        var run = new NodesRun();
        run.Read("G/NBIRTH/N", Birth(1, Double("a", 1)));
        run.Read("G/DBIRTH/N/D", Payload(1, Double("b", 2)));
        run.Read("G/DBIRTH/N/E", Payload(2, Double("c", 3)));

        var end = Assert.Single(run.Read("G/DDEATH/N/D", Payload(3, Time.AddSeconds(2))));

        Assert.Equal(("G/N/D/b", Time.AddSeconds(2), null, Quality.Bad), (end.SensorId, end.Timestamp, end.Value, end.Quality));
        Assert.Single(run.Read("G/DDATA/N/E", Payload(4, Double("c", 4))));
        Assert.Equal(0, run.Rejected);
        Assert.Empty(run.Read("G/DDATA/N/D", Payload(5, Double("b", 4))));
        Assert.Equal("data came before its birth", run.Asked);
    }

    [Fact]
    public void Death_without_its_number_is_refused()
    {
        var run = new NodesRun();
        run.Read("G/NBIRTH/N", Birth(1, Double("a", 1)));

        Assert.Empty(run.Read("G/NDEATH/N", Payload(null)));
        Assert.Equal(1, run.Rejected);
    }

    [Fact]
    public void Numbers_run_from_0_to_255_and_again()
    {
        var run = new NodesRun();
        run.Read("G/NBIRTH/N", Birth(1, Double("a", 1)));
        for (var i = 1; i < 600; i++)
        {
            Assert.Single(run.Read("G/NDATA/N", Payload(i % 256, Double("a", i))));
            Assert.Null(run.Asked);
        }
    }

    [Fact]
    public void Lost_message_asks_for_a_rebirth_once_and_again_after_a_while()
    {
        var run = new NodesRun();
        run.Read("G/NBIRTH/N", Birth(1, Double("a", 1)));

        Assert.Single(run.Read("G/NDATA/N", Payload(2, Double("a", 2))));
        Assert.Equal("messages were lost: number 2 came where 1 was due", run.Asked);
        Assert.Single(run.Read("G/NDATA/N", Payload(3, Double("a", 3))));
        Assert.Null(run.Asked);
        run.Read("G/NDATA/N", Payload(5, Double("a", 4)));
        Assert.Null(run.Asked);
        run.Now += TimeSpan.FromSeconds(30);
        run.Read("G/NDATA/N", Payload(9, Double("a", 5)));
        Assert.NotNull(run.Asked);
        run.Read("G/NBIRTH/N", Birth(1, Double("a", 1)));
        run.Now += TimeSpan.FromSeconds(30);
        run.Read("G/NDATA/N", Payload(1, Double("a", 6)));
        Assert.Null(run.Asked);
    }

    [Theory]
    [InlineData("G/NDATA/N")]
    [InlineData("G/DDATA/N/D")]
    [InlineData("G/DBIRTH/N/D")]
    public void What_comes_before_the_birth_is_refused_and_asks_for_it(string topic)
    {
        var run = new NodesRun();

        Assert.Empty(run.Read(topic, Payload(1, Double("a", 1))));
        Assert.Equal(1, run.Rejected);
        Assert.NotNull(run.Asked);
        run.Read(topic, Payload(2, Double("a", 1)));
        Assert.Null(run.Asked);
        run.Read("G/NDATA/OTHER", Payload(1, Double("a", 1)));
        Assert.NotNull(run.Asked);
    }

    [Fact]
    public void Alias_that_no_birth_defined_is_refused_and_asks_for_a_rebirth()
    {
        var run = new NodesRun();
        run.Read("G/NBIRTH/N", Birth(1, Double("a", 1, 1)));
        run.Read("G/DBIRTH/N/D", Payload(1, Double("b", 1, 2)));

        var point = Assert.Single(run.Read("G/NDATA/N", Payload(2, Aliased(2, 5), Aliased(1, 6))));

        Assert.Equal(("G/N/a", 6), (point.SensorId, point.Value));
        Assert.Equal(1, run.Rejected);
        Assert.Equal("the alias 2 is not known", run.Asked);
    }

    [Fact]
    public void Rebirth_defines_anew()
    {
        var run = new NodesRun();
        run.Read("G/NBIRTH/N", Birth(1, Double("a", 1, 1), Double("b", 2, 2)));
        run.Read("G/DBIRTH/N/D", Payload(1, Double("c", 1, 3)));
        run.Read("G/NBIRTH/N", Birth(1, Double("b", 2, 1)));

        Assert.Equal("G/N/b", Assert.Single(run.Read("G/NDATA/N", Payload(1, Aliased(1, 5)))).SensorId);
        Assert.Empty(run.Read("G/DDATA/N/D", Payload(2, Aliased(3, 5))));
    }

    [Theory]
    [InlineData("{group}/{node}/{device}/{metric}", "G/N/m", "G/N/D/m")]
    [InlineData("{device}{metric}", "m", "Dm")]
    [InlineData("plant-{node}-{Device}-{metric}", "plant-N-m", "plant-N-D-m")]
    public void Ids_are_made_by_the_template(string template, string ofNode, string ofDevice)
    {
        var run = new NodesRun(options => options.Sensor = template);

        Assert.Equal(ofNode, Assert.Single(run.Read("G/NBIRTH/N", Birth(1, Double("m", 1)))).SensorId);
        Assert.Equal(ofDevice, Assert.Single(run.Read("G/DBIRTH/N/D", Payload(1, Double("m", 1)))).SensorId);
    }

    [Theory]
    [InlineData("{node}", "needs {metric}")]
    [InlineData("{metric}/{x}", "{x}, which is not known; allowed are {group}, {node}, {device}, {metric}")]
    public void Wrong_template_is_told(string template, string says)
    {
        var options = new Server.Sources.Sparkplug.SparkplugOptions { Type = "SparkplugB", Server = "mqtt://localhost", Sensor = template };

        Assert.Contains(OptionsCheck.Errors(options), error => error!.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("G/NBIRTH/N/D")]
    [InlineData("G/DDATA/N")]
    [InlineData("G/NCMD/N")]
    [InlineData("G/NDATA/")]
    [InlineData("STATE/host")]
    public void Other_topics_are_refused(string topic)
    {
        var run = new NodesRun();

        Assert.Empty(run.Read(topic, Birth(1, Double("m", 1))));
        Assert.Equal(1, run.Rejected);
    }

    private static byte[] Nested(byte tag, ReadOnlySpan<byte> body) => [tag, (byte)body.Length, .. body];

    private static void Check(int type, Metric metric, double? value)
    {
        var run = new NodesRun();
        metric.Datatype = (uint)type;

        var points = run.Read("G/NBIRTH/N", Birth(1, Named(metric, "m"), Double("neighbour", 1)));

        Assert.Equal("G/N/neighbour", points[^1].SensorId);
        Assert.Equal(value, points.Count == 1 ? null : points[0].Value);
        Assert.Equal(value is null ? 1 : 0, run.Rejected);
    }
}
