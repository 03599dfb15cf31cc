using System.Text;
using LiveViz.Server.Sources.Mqtt;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Tests.Sources.Payloads;

namespace LiveViz.Tests.Sources.Mqtt;

public class TopicRouteTests
{
    private static readonly DateTime Received = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [Theory]
    [InlineData("plant/+/t", "plant/a/t", true)]
    [InlineData("plant/+/t", "plant/a/b/t", false)]
    [InlineData("plant/#", "plant", true)]
    [InlineData("#", "$SYS/broker/uptime", false)]
    [InlineData("plant/+", "plant/", true)]
    public void Topics_fit_as_the_broker_fits_them(string filter, string topic, bool fits) =>
        Assert.Equal(fits, new TopicRoute(new MqttTopicOptions { Topic = filter }, "Plant").Fits(topic));

    [Theory]
    [InlineData("NaN", null)]
    [InlineData("-Infinity", null)]
    [InlineData("1e999", null)]
    [InlineData("-0", -0.0)]
    [InlineData("9007199254740993", 9007199254740992.0)]
    public void Awkward_numbers_are_a_value_or_a_gap(string written, double? value)
    {
        foreach (var (payload, form) in new[] { (written, PayloadForm.Plain), ($"{{\"value\":{written}}}", PayloadForm.Json) })
        {
            var (points, problem) = Read(payload, new MqttTopicOptions { Topic = "#", Payload = form });

            var point = Assert.Single(points);
            Assert.Empty(problem);
            Assert.Equal(new DataPoint("a/b", Received, value, value is null ? Quality.Bad : Quality.Good), point);
            Assert.Equal(double.IsNegative(value ?? 0), double.IsNegative(point.Value ?? 0));
        }
    }

    [Theory]
    [InlineData("0", "1970-01-01T00:00:00.0000000Z")]
    [InlineData("\"9999-12-31T23:59:59Z\"", "9999-12-31T23:59:59.0000000Z")]
    [InlineData("1767323045", "2026-01-02T03:04:05.0000000Z")]
    [InlineData("1767323045000", "2026-01-02T03:04:05.0000000Z")]
    [InlineData("1767323045000000", "2026-01-02T03:04:05.0000000Z")]
    [InlineData("1767323045000000000", "2026-01-02T03:04:05.0000000Z")]
    [InlineData("\"2026-01-02T04:04:05+00:00\"", "2026-01-02T04:04:05.0000000Z")]
    [InlineData("\"2016-01-02T03:04:05Z\"", "2016-01-02T03:04:05.0000000Z")]
    public void Awkward_times_are_taken_as_they_stand(string written, string expected)
    {
        var (points, _) = Read($$"""{"value":1,"timestamp":{{written}}}""", new MqttTopicOptions { Topic = "#" });

        Assert.Equal(expected, Assert.Single(points).Timestamp.ToString("O"));
    }

    [Fact]
    public void Topic_without_the_level_that_the_id_needs_is_refused()
    {
        var (points, problem) = Read("1", new MqttTopicOptions { Topic = "#", Payload = PayloadForm.Plain, Sensor = "{1}/{3}" });

        Assert.Empty(points);
        Assert.Contains("it has no 3 for the sensor's id", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_messages_disturb_no_neighbour()
    {
        var hostile = new HostilePayloads(7);
        var routes = new[]
        {
            new TopicRoute(new MqttTopicOptions { Topic = "#", Values = ["*", "data.*"], Group = "{2}" }, "Plant"),
            new TopicRoute(new MqttTopicOptions { Topic = "#", Sensor = "{2}/{$.sensor}", TimePath = "timestamp" }, "Plant"),
            new TopicRoute(new MqttTopicOptions { Topic = "#", Payload = PayloadForm.Plain }, "Plant"),
        };
        var good = Encoding.UTF8.GetBytes("""{"value":7,"sensor":"s"}""");
        var points = new List<DataPoint>();
        for (var i = 0; i < HostilePayloads.Count; i++)
        {
            points.Clear();
            var rejected = routes[i % 3].Read("a/b", hostile.Next(), Received, points, out var problem);
            Assert.Equal(rejected == 0, problem.Length == 0);
            points.Clear();
            Assert.Equal(0, routes[0].Read("a/b", good, Received, points, out _));
            Assert.Equal(new DataPoint("a/b/value", Received, 7), Assert.Single(points));
        }
    }

    private static (List<DataPoint> Points, string Problem) Read(string payload, MqttTopicOptions options)
    {
        Assert.Empty(OptionsCheck.Errors(options));
        var points = new List<DataPoint>();
        new TopicRoute(options, "Plant").Read("a/b", Encoding.UTF8.GetBytes(payload), Received, points, out var problem);
        return (points, problem);
    }
}
