using System.Text.Json;

namespace LiveViz.Tests;

public class DataPointTests
{
    [Fact]
    public void Json_of_a_point_is_the_contract()
    {
        var point = new DataPoint("boiler-1", new DateTime(2026, 11, 24, 12, 0, 0, 123, DateTimeKind.Utc), null, Quality.Bad, 7);

        var json = JsonSerializer.Serialize(point, JsonSerializerOptions.Web);

        Assert.Equal("""{"sensorId":"boiler-1","timestamp":"2026-11-24T12:00:00.123Z","value":null,"quality":"Bad","sequence":7}""", json);
    }
}
