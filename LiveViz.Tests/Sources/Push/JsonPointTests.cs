using System.Text;
using LiveViz.Server.Sources.Push;

namespace LiveViz.Tests.Sources.Push;

public sealed class JsonPointTests
{
    private readonly PointBatch _batch = new();
    private readonly JsonPointReader _reader = new();

    [Theory]
    [InlineData("""{"sensorId":"a","timestamp":"2026-03-01T12:00:00Z","value":1.5,"quality":"Good"}""", 1.5, Quality.Good)]
    [InlineData("""{"sensorId":"a","timestamp":"2026-03-01T13:00:00+01:00","value":-0.0}""", -0.0, Quality.Good)]
    [InlineData("""{"value":1e3,"sensorId":"a","timestamp":1772366400}""", 1000.0, Quality.Good)]
    [InlineData("""{"sensorId":"a","timestamp":1772366400000,"value":9007199254740993}""", 9007199254740992.0, Quality.Good)]
    [InlineData("""{"sensorId":"a","timestamp":1772366400000000,"value":true}""", 1.0, Quality.Good)]
    [InlineData("""{"sensorId":"a","timestamp":1772366400000000000,"value":false}""", 0.0, Quality.Good)]
    [InlineData("""{"sensorId":"a","timestamp":"1772366400","value":1,"quality":"Uncertain"}""", 1.0, Quality.Uncertain)]
    [InlineData("""{"sensorId":"a","value":1,"quality":null,"timestamp":null}""", 1.0, Quality.Good)]
    [InlineData("""{"sensorId":"a","value":1e999}""", double.PositiveInfinity, Quality.Good)]
    [InlineData("""{"sensorId":"a","value":"1e999"}""", null, Quality.Good)]
    [InlineData("""{"sensorId":"a","value":null}""", null, Quality.Good)]
    [InlineData("""{"sensorId":"a","value":"NaN"}""", null, Quality.Good)]
    [InlineData("""{"sensorId":"a","value":"-Infinity"}""", null, Quality.Good)]
    [InlineData("""{"sensorId":"a"}""", null, Quality.Good)]
    [InlineData("""{"sensorId":"a","value":" 1.5 ","quality":"uncertain"}""", 1.5, Quality.Uncertain)]
    [InlineData("""{"sensorId":"\u0061","value":2,"sequence":7,"unit":{"x":[1,{"y":2}]}}""", 2.0, Quality.Good)]
    [InlineData("  {\"sensorId\":\"a\",\"value\":2}\r", 2.0, Quality.Good)]
    [InlineData("""{"sensorId":"b","sensorId":"a","value":1,"value":2}""", 2.0, Quality.Good)]
    public void Text_is_a_sample(string text, double? value, Quality quality)
    {
        Assert.Null(Read(text));

        Assert.Equal(new DataPoint("a", Clock.Start, value, quality), Assert.Single(_batch.Points.ToArray()));
    }

    [Theory]
    [InlineData("1", "no object")]
    [InlineData("[]", "no object")]
    [InlineData("null", "no object")]
    [InlineData("{", "no JSON")]
    [InlineData("{\"sensorId\":\"a\",\"value\":1", "no JSON")]
    [InlineData("{\"sensorId\":\"a\",\"value\":1}}", "no JSON")]
    [InlineData("{\"sensorId\":\"a\",\"value\":1}{", "no JSON")]
    [InlineData("{\"sensorId\":\"a\",\"value\":NaN}", "no JSON")]
    [InlineData("{\"sensorId\":\"a\",\"value\":01}", "no JSON")]
    [InlineData("{sensorId:\"a\"}", "no JSON")]
    [InlineData("{\"sensorId\":\"\\ud800\"}", "no JSON")]
    [InlineData("{\"sensorid\":\"a\",\"value\":1}", "\"sensorid\" is not known; write \"sensorId\"")]
    [InlineData("{\"sensorId\":\"a\",\"Timestamp\":1,\"value\":1}", "\"Timestamp\" is not known; write \"timestamp\"")]
    [InlineData("{\"sensorId\":\"a\",\"VALUE\":1}", "\"VALUE\" is not known; write \"value\"")]
    [InlineData("{\"sensorId\":\"a\",\"Quality\":\"Bad\"}", "\"Quality\" is not known; write \"quality\"")]
    [InlineData("{\"sensorId\":1}", "its sensorId")]
    [InlineData("{\"sensorId\":null}", "its sensorId")]
    [InlineData("{\"sensorId\":\"a\",\"value\":\"1,5\"}", "its value")]
    [InlineData("{\"sensorId\":\"a\",\"value\":{}}", "its value")]
    [InlineData("{\"sensorId\":\"a\",\"vlaue\":1}", "no \"value\", but \"vlaue\"")]
    [InlineData("{\"sensorId\":\"a\",\"value\":1,\"quality\":\"fine\"}", "its quality")]
    [InlineData("{\"sensorId\":\"a\",\"value\":1,\"quality\":0}", "its quality")]
    [InlineData("{\"sensorId\":\"a\",\"value\":1,\"timestamp\":\"yesterday\"}", "its timestamp")]
    [InlineData("{\"sensorId\":\"a\",\"value\":1,\"timestamp\":\"12:00\"}", "its timestamp")]
    [InlineData("{\"sensorId\":\"a\",\"value\":1,\"timestamp\":true}", "its timestamp")]
    [InlineData("{\"sensorId\":\"a\",\"value\":1,\"timestamp\":1e99}", "its timestamp")]
    [InlineData("{\"sensorId\":\"a\",\"value\":1,\"timestamp\":\"10000-01-01T00:00:00Z\"}", "its timestamp")]
    public void Text_that_is_none_says_why(string text, string reason)
    {
        Assert.StartsWith(reason, Read(text), StringComparison.Ordinal);
        Assert.Equal(0, _batch.Count);
    }

    [Fact]
    public void Numbers_and_nesting_without_end_are_read_or_refused()
    {
        Assert.Null(Read($$"""{"sensorId":"a","value":{{new string('9', 10_000)}}}"""));
        Assert.Null(Read($$"""{"sensorId":"a","value":0.{{new string('3', 10_000)}}}"""));
        Assert.Equal([double.PositiveInfinity, 1 / 3.0], _batch.Points.ToArray().Select(point => point.Value!.Value));
        Assert.NotNull(Read($$"""{"sensorId":"a","timestamp":{{new string('9', 10_000)}}}"""));
        Assert.NotNull(Read($$"""{"sensorId":"a","value":{{new string('[', 10_000)}}}"""));
        Assert.NotNull(Read($$"""{"sensorId":"a","x":{{new string('[', 10_000)}}}"""));
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        Assert.StartsWith("no JSON", _reader.Read([.. "{\"sensorId\":\""u8, 0xFF, .. "\"}"u8], Clock.Start, _batch), StringComparison.Ordinal);
    }

    private string? Read(string text) => _reader.Read(Encoding.UTF8.GetBytes(text), Clock.Start, _batch);
}
