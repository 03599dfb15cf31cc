using LiveViz.Feeds;
using LiveViz.Sources;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Tests.Hub;

public sealed class HubContractTests(SimulatedServer fixture) : IClassFixture<SimulatedServer>
{
    public static TheoryData<bool, HttpTransportType> Ways => new()
    {
        { false, HttpTransportType.WebSockets },
        { false, HttpTransportType.LongPolling },
        { true, HttpTransportType.WebSockets },
        { true, HttpTransportType.LongPolling },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task GetSensors_tells_the_whole_factory(bool messagePack, HttpTransportType transport)
    {
        await using var connection = await HubClient.ConnectAsync(fixture.Server.Address, messagePack, transport);

        var sensors = await connection.InvokeAsync<Sensor[]>("GetSensors");

        Assert.True(sensors.Length >= 24, $"{sensors.Length} sensors");
        Assert.True(sensors.Select(sensor => sensor.Group).Distinct().Count() >= 4);
        Assert.All(sensors, sensor => Assert.False(string.IsNullOrEmpty(sensor.Unit) || string.IsNullOrEmpty(sensor.Name)));
        Assert.All(sensors, sensor => Assert.NotNull(sensor.Normal));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Stream_of_every_sensor_gives_samples_numbered_without_gaps(bool messagePack, HttpTransportType transport)
    {
        await using var connection = await HubClient.ConnectAsync(fixture.Server.Address, messagePack, transport);
        var last = new Dictionary<string, DataPoint>();
        var count = 0;

        await foreach (var point in connection.StreamAsync<DataPoint>("Stream", null))
        {
            Assert.Equal(DateTimeKind.Utc, point.Timestamp.Kind);
            Assert.True(point.Value is not null || point.Quality == Quality.Bad);
            if (last.TryGetValue(point.SensorId, out var before))
            {
                Assert.Equal(before.Sequence + 1, point.Sequence);
                Assert.True(point.Timestamp >= before.Timestamp);
            }

            last[point.SensorId] = point;
            if (++count == 1000)
            {
                break;
            }
        }

        Assert.True(last.Count >= 23, $"samples of {last.Count} sensors");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task StreamFrames_of_two_sensors_covers_every_sample_once(bool messagePack, HttpTransportType transport)
    {
        await using var connection = await HubClient.ConnectAsync(fixture.Server.Address, messagePack, transport);
        var ids = (await connection.InvokeAsync<Sensor[]>("GetSensors")).Take(2).Select(sensor => sensor.Id).ToArray();
        var request = new FrameRequest { SensorIds = ids, WindowSeconds = 5, FramesPerSecond = 20 };
        var reader = new FrameReader();
        var next = new Dictionary<string, long>();
        var frames = 0;

        await foreach (var bytes in connection.StreamAsync<byte[]>("StreamFrames", request))
        {
            var frame = reader.Read(bytes);
            Assert.Equal(frames == 0, frame.IsRefill);
            foreach (var column in frame.Columns)
            {
                Assert.Contains(column.SensorId, ids);
                Assert.Equal(next.GetValueOrDefault(column.SensorId, column.First), column.First);
                next[column.SensorId] = column.First + column.Covered;
            }

            if (++frames == 20)
            {
                break;
            }
        }

        Assert.Equal(2, next.Count);
    }

    [Fact]
    public async Task GetSources_and_GetStatus_say_how_the_server_is_doing()
    {
        await using var connection = await HubClient.ConnectAsync(fixture.Server.Address);

        var source = Assert.Single(await connection.InvokeAsync<SourceStatus[]>("GetSources"));
        var status = await connection.InvokeAsync<ServerStatus>("GetStatus");

        Assert.Equal("Simulated", source.Type);
        Assert.Equal(SourceState.Running, source.State);
        Assert.Equal(0, source.Rejected);
        Assert.Equal("WebSockets", status.Transport);
        Assert.True(status.Appended > 0 && status.Clients >= 1);
    }

    [Theory]
    [InlineData(-1, 800, 20, "windowSeconds")]
    [InlineData(60, -1, 20, "width")]
    [InlineData(60, 800, 0, "framesPerSecond")]
    public async Task StreamFrames_of_an_impossible_request_is_refused_with_what_is_allowed(double window, int width, double rate, string name)
    {
        await using var connection = await HubClient.ConnectAsync(fixture.Server.Address);
        var request = new FrameRequest { WindowSeconds = window, Width = width, FramesPerSecond = rate };

        var refusal = await Assert.ThrowsAsync<HubException>(async () =>
        {
            await foreach (var _ in connection.StreamAsync<byte[]>("StreamFrames", request))
            {
            }
        });

        Assert.Contains($"{name} is ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("allowed are", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(HubConnectionState.Connected, connection.State);
    }

    [Fact]
    public async Task StreamFrames_without_a_request_is_refused_with_what_to_send()
    {
        await using var connection = await HubClient.ConnectAsync(fixture.Server.Address);

        var refusal = await Assert.ThrowsAsync<HubException>(async () =>
        {
            await foreach (var _ in connection.StreamAsync<byte[]>("StreamFrames", (object?)null))
            {
            }
        });

        Assert.Contains("The request is missing", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\nb", "control character")]
    [InlineData("", "has no id")]
    [InlineData(null, "has no id")]
    public async Task Id_that_no_sensor_can_have_is_refused(string? id, string reason)
    {
        await using var connection = await HubClient.ConnectAsync(fixture.Server.Address);

        var refusal = await Assert.ThrowsAsync<HubException>(async () =>
        {
            await foreach (var _ in connection.StreamAsync<byte[]>("StreamFrames", new { sensorIds = new[] { id } }))
            {
            }
        });

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Position_without_its_numbers_is_refused_in_words()
    {
        await using var connection = await HubClient.ConnectAsync(fixture.Server.Address);

        var refusal = await Assert.ThrowsAsync<HubException>(async () =>
        {
            var request = new { resume = new { epoch = 1L, sensors = (long[]?)null, next = (long[]?)null } };
            await foreach (var _ in connection.StreamAsync<byte[]>("StreamFrames", request))
            {
            }
        });

        Assert.Contains("resume is incomplete", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Span_that_ends_before_it_begins_is_refused_and_one_that_does_not_is_given()
    {
        await using var connection = await HubClient.ConnectAsync(fixture.Server.Address);
        var now = DateTime.UtcNow;

        var refusal = await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<byte[]>("GetSpan", new SpanRequest { From = now, To = now.AddSeconds(-1) }));
        var frame = new FrameReader().Read(await connection.InvokeAsync<byte[]>("GetSpan", new SpanRequest { From = now.AddMinutes(-1), To = now.AddMinutes(1), Width = 800 }));

        Assert.Contains("allowed are times after from", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(24, frame.Columns.Count);
    }

    [Fact]
    public async Task Too_many_ids_are_refused_and_close_nothing()
    {
        await using var connection = await HubClient.ConnectAsync(fixture.Server.Address);
        var request = new FrameRequest { SensorIds = [.. Enumerable.Range(0, 2001).Select(i => $"a-sensor-with-a-long-name-{i}")] };

        var refusal = await Assert.ThrowsAsync<HubException>(async () =>
        {
            await foreach (var _ in connection.StreamAsync<byte[]>("StreamFrames", request))
            {
            }
        });

        Assert.Contains("sensorIds is 2001", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(HubConnectionState.Connected, connection.State);
    }

    [Fact]
    public async Task Json_on_the_wire_has_the_names_of_the_contract()
    {
        await using var connection = await HubClient.ConnectAsync(fixture.Server.Address);

        await foreach (var point in connection.StreamAsync<System.Text.Json.JsonElement>("Stream", null))
        {
            Assert.Equal(
                ["quality", "sensorId", "sequence", "timestamp", "value"],
                point.EnumerateObject().Select(property => property.Name).Order());
            Assert.EndsWith("Z", point.GetProperty("timestamp").GetString(), StringComparison.Ordinal);
            break;
        }
    }

    [Fact]
    public async Task MessagePack_on_the_wire_has_the_names_of_the_contract()
    {
        await using var connection = await HubClient.ConnectAsync(fixture.Server.Address, messagePack: true);

        await foreach (var point in connection.StreamAsync<Dictionary<string, object>>("Stream", null))
        {
            Assert.Equal(["quality", "sensorId", "sequence", "timestamp", "value"], point.Keys.Order());
            Assert.IsType<DateTime>(point["timestamp"]);
            Assert.Contains(point["quality"], new object[] { "Good", "Uncertain", "Bad" });
            break;
        }
    }
}
