using System.Text;
using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Tests.Sources.Payloads;

public class PayloadReaderTests
{
    private static readonly DateTime Received = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private static readonly string[] Names = ["pump-1", "plant"];

    [Theory]
    [InlineData("21.5", 21.5)]
    [InlineData(" -0 \n", -0.0)]
    [InlineData("1e3", 1000.0)]
    [InlineData("true", 1.0)]
    [InlineData("False", 0.0)]
    [InlineData("9007199254740993", 9007199254740992.0)]
    [InlineData("NaN", null)]
    [InlineData("-Infinity", null)]
    [InlineData("1e999", null)]
    [InlineData("null", null)]
    public void Plain_message_is_one_value_at_the_time_of_the_message(string payload, double? value)
    {
        var (points, problem, _) = Read(payload, new MessageOptions { Payload = PayloadForm.Plain });

        Assert.Empty(problem);
        var point = Assert.Single(points);
        Assert.Equal(new DataPoint("pump-1", Received, value, value is null ? Quality.Bad : Quality.Good), point);
        Assert.Equal(double.IsNegative(value ?? 0), double.IsNegative(point.Value ?? 0));
    }

    [Theory]
    [InlineData("21,5", "\"21,5\"")]
    [InlineData("21.5 °C", "\"21.5 °C\"")]
    [InlineData("{\"value\":1}", "is not a number")]
    [InlineData(" ", "is empty")]
    public void Plain_message_that_is_no_number_is_refused(string payload, string says)
    {
        var (points, problem, rejected) = Read(payload, new MessageOptions { Payload = PayloadForm.Plain });

        Assert.Empty(points);
        Assert.Equal(1, rejected);
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("21.5", 21.5)]
    [InlineData("\"21.5\"", 21.5)]
    [InlineData("true", 1.0)]
    [InlineData("9007199254740993", 9007199254740992.0)]
    [InlineData("-0", -0.0)]
    [InlineData("0e0", 0.0)]
    [InlineData("1e-999", 0.0)]
    [InlineData("null", null)]
    [InlineData("NaN", null)]
    [InlineData("\"NaN\"", null)]
    [InlineData("Infinity", null)]
    [InlineData("-Infinity", null)]
    [InlineData("1e999", null)]
    [InlineData("-1e999", null)]
    [InlineData("\"\"", null)]
    public void Value_of_a_json_object_is_a_number_or_a_gap(string written, double? value)
    {
        var (points, problem, _) = Read($"{{\"note\":\"NaN \\\" Infinity\",\"value\":{written}}}", new MessageOptions());

        Assert.Empty(problem);
        var point = Assert.Single(points);
        Assert.Equal(new DataPoint("pump-1", Received, value, value is null ? Quality.Bad : Quality.Good), point);
        Assert.Equal(double.IsNegative(value ?? 0), double.IsNegative(point.Value ?? 0));
    }

    [Fact]
    public void Number_of_ten_thousand_digits_is_a_gap_and_one_with_as_many_decimals_a_number()
    {
        var (points, _, _) = Read($"[{{\"value\":{new string('9', 10_000)}}},{{\"value\":0.{new string('1', 10_000)}}}]", new MessageOptions());

        Assert.Equal([null, 1.0 / 9], points.Select(point => point.Value));
    }

    [Theory]
    [InlineData("\"2026-01-02T04:04:05.25+01:00\"", nameof(TimeUnit.Auto), "2026-01-02T03:04:05.2500000Z")]
    [InlineData("1767323045", nameof(TimeUnit.Auto), "2026-01-02T03:04:05.0000000Z")]
    [InlineData("1767323045.5", nameof(TimeUnit.Auto), "2026-01-02T03:04:05.5000000Z")]
    [InlineData("1767323045123", nameof(TimeUnit.Auto), "2026-01-02T03:04:05.1230000Z")]
    [InlineData("1767323045123456", nameof(TimeUnit.Auto), "2026-01-02T03:04:05.1234560Z")]
    [InlineData("1767323045123456789", nameof(TimeUnit.Auto), "2026-01-02T03:04:05.1234567Z")]
    [InlineData("\"1767323045123\"", nameof(TimeUnit.Auto), "2026-01-02T03:04:05.1230000Z")]
    [InlineData("0", nameof(TimeUnit.Auto), "1970-01-01T00:00:00.0000000Z")]
    [InlineData("99", nameof(TimeUnit.Milliseconds), "1970-01-01T00:00:00.0990000Z")]
    [InlineData("99", nameof(TimeUnit.Microseconds), "1970-01-01T00:00:00.0000990Z")]
    [InlineData("9900", nameof(TimeUnit.Nanoseconds), "1970-01-01T00:00:00.0000099Z")]
    [InlineData("100000000000", nameof(TimeUnit.Seconds), "5138-11-16T09:46:40.0000000Z")]
    [InlineData("\"9999-12-31T23:59:59Z\"", nameof(TimeUnit.Auto), "9999-12-31T23:59:59.0000000Z")]
    [InlineData("null", nameof(TimeUnit.Auto), "2026-01-02T03:04:05.0000000Z")]
    public void Time_is_read_to_the_tick(string written, string unit, string expected)
    {
        var (points, problem, _) = Read($"{{\"value\":1,\"timestamp\":{written}}}", new MessageOptions { TimeUnit = Enum.Parse<TimeUnit>(unit) });

        Assert.Empty(problem);
        Assert.Equal(expected, Assert.Single(points).Timestamp.ToString("O"));
    }

    [Theory]
    [InlineData("{\"value\":1,\"timestamp\":\"soon\"}", "\"soon\" at timestamp")]
    [InlineData("{\"value\":1,\"timestamp\":1e400}", "1e400")]
    [InlineData("{\"value\":1,\"timestamp\":{}}", "neither ISO 8601 nor a number")]
    [InlineData("{\"value\":1,\"quality\":192}", "\"192\" at quality")]
    [InlineData("{\"value\":1,\"quality\":\"fine\"}", "\"fine\"")]
    [InlineData("{\"value\":\"a lot\"}", "a lot")]
    [InlineData("{\"value\":[1]}", "an array at value")]
    [InlineData("{\"valu\":1}", "no value at value")]
    [InlineData("7", "a number and not a JSON object")]
    [InlineData("{\"value\":1", "no JSON")]
    [InlineData("{\"value\":NaNa}", "no JSON")]
    [InlineData("{\"value\":\"\\ud800\"}", "no Unicode")]
    public void What_cannot_be_read_is_refused_and_said(string payload, string says)
    {
        var (points, problem, rejected) = Read(payload, new MessageOptions());

        Assert.Empty(points);
        Assert.Equal(1, rejected);
        Assert.Contains(says, problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    [Fact]
    public void Bytes_that_are_no_text_and_messages_that_are_too_long_are_refused()
    {
        var reader = new PayloadReader(new MessageOptions());
        var points = new List<DataPoint>();

        Assert.Equal(1, reader.Read(new byte[] { (byte)'"', 0xff, (byte)'"' }, Names, Received, points, out var problem));
        Assert.Contains("UTF-8", problem, StringComparison.Ordinal);
        Assert.Equal(1, reader.Read(new byte[PayloadReader.LongestPayload + 1], Names, Received, points, out problem));
        Assert.Contains("1048576", problem, StringComparison.Ordinal);
        Assert.Empty(points);
    }

    [Fact]
    public void Objects_of_an_array_stand_for_themselves()
    {
        var (points, problem, rejected) = Read("""[{"value":1},{"value":{}},"x",{"value":2,"quality":"uncertain"}]""", new MessageOptions());

        Assert.Equal([(1, Quality.Good), (2, Quality.Uncertain)], points.Select(point => (point.Value, point.Quality)));
        Assert.Equal(2, rejected);
        Assert.Contains("item 2", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_are_found_by_their_paths_and_told_apart_by_them()
    {
        var options = new MessageOptions { Values = ["a", "b.c", "d.e", "missing"], Sensor = "{topic}/{$.device.id}/{field}" };

        var (points, problem, _) = Read("""{"device":{"id":7},"a":1,"b":{"c":2},"d.e":3}""", options);

        Assert.Empty(problem);
        Assert.Equal([("plant/7/a", 1), ("plant/7/b.c", 2), ("plant/7/d.e", 3)], points.Select(point => (point.SensorId, point.Value!.Value)));
    }

    [Fact]
    public void Star_stands_for_every_number_that_is_neither_time_nor_quality()
    {
        var options = new MessageOptions { Values = ["*", "in.*"], Sensor = "{field}", TimePath = "t" };

        var (points, _, _) = Read("""{"t":1767323045,"name":"x","a":1,"on":true,"in":{"b":2,"s":"3"},"gone":null}""", options);

        Assert.Equal([("a", 1.0), ("on", 1.0), ("gone", (double?)null), ("in.b", 2.0)], points.Select(point => (point.SensorId, point.Value)));
        Assert.All(points, point => Assert.Equal(Received, point.Timestamp));
    }

    [Theory]
    [InlineData("{key}", "{\"value\":1}", "it has no key")]
    [InlineData("{$.id}", "{\"value\":1,\"id\":[]}", "at id")]
    public void Message_without_what_the_id_needs_is_refused(string sensor, string payload, string says)
    {
        var reader = new PayloadReader(new MessageOptions { Sensor = sensor });

        Assert.Equal(1, reader.Read(Encoding.UTF8.GetBytes(payload), [null, "plant"], Received, [], out var problem));
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Object_without_the_time_that_was_asked_for_is_refused()
    {
        var (points, problem, _) = Read("""{"value":1}""", new MessageOptions { TimePath = "ts" });

        Assert.Empty(points);
        Assert.Contains("no time at ts", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{kee}", "{kee}", "{key}, {topic}, {field} and {$.path}")]
    [InlineData("a{key", "brace")]
    [InlineData("a}", "brace")]
    [InlineData("", "empty")]
    public void Wrong_template_of_the_id_is_said_with_what_is_allowed(string sensor, params string[] says)
    {
        var error = Assert.Single(OptionsCheck.Errors(new MessageOptions { Type = "x", Sensor = sensor }));

        Assert.All(says, part => Assert.Contains(part, error, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_values_need_a_template_that_tells_them_apart()
    {
        Assert.Contains("{field}", Assert.Single(OptionsCheck.Errors(new MessageOptions { Type = "x", Values = ["a", "b"] })), StringComparison.Ordinal);
        Assert.Contains("{field}", Assert.Single(OptionsCheck.Errors(new MessageOptions { Type = "x", Values = ["*"] })), StringComparison.Ordinal);
        Assert.Empty(OptionsCheck.Errors(new MessageOptions { Type = "x", Values = ["*"], Sensor = "{key}/{field}" }));
        Assert.Contains("{field}", Assert.Single(OptionsCheck.Errors(new MessageOptions { Type = "x", Payload = PayloadForm.Plain, Sensor = "{field}" })), StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_messages_are_refused_one_by_one()
    {
        var hostile = new HostilePayloads(1);
        var readers = new[]
        {
            new PayloadReader(new MessageOptions()),
            new PayloadReader(new MessageOptions { Values = ["*", "data.*"], Sensor = "{$.sensor}{field}", TimePath = "timestamp" }),
            new PayloadReader(new MessageOptions { Payload = PayloadForm.Plain }),
        };
        var good = Encoding.UTF8.GetBytes("""{"value":7,"sensor":"a","timestamp":1}""");
        var points = new List<DataPoint>();
        for (var i = 0; i < HostilePayloads.Count; i++)
        {
            points.Clear();
            var rejected = readers[i % 3].Read(hostile.Next(), Names, Received, points, out var problem);
            Assert.Equal(rejected == 0, problem.Length == 0);
            Assert.All(points, point => Assert.True(point.Value is null ? point.Quality == Quality.Bad : double.IsFinite(point.Value.Value)));
            points.Clear();
            Assert.Equal(0, readers[0].Read(good, Names, Received, points, out _));
            Assert.Equal(7, points[0].Value);
        }
    }

    private static (List<DataPoint> Points, string Problem, int Rejected) Read(string payload, MessageOptions options)
    {
        var points = new List<DataPoint>();
        var rejected = new PayloadReader(options).Read(Encoding.UTF8.GetBytes(payload), Names, Received, points, out var problem);
        return (points, problem, rejected);
    }
}
