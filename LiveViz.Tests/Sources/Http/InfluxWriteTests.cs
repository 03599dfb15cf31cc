using System.Text.Json;
using InfluxDB.Client;
using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Core.Exceptions;
using InfluxDB.Client.Writes;

namespace LiveViz.Tests.Sources.Http;

/// <summary>What clients of InfluxDB see, one of them the real one.</summary>
public sealed class InfluxWriteTests(PushServer server) : IClassFixture<PushServer>
{
    private const string Plain = "text/plain; charset=utf-8";

    [Theory]
    [InlineData("/api/v2/write?org=o&bucket=b", 1772366400123456700)]
    [InlineData("/api/v2/write?org=o&bucket=b&precision=ns", 1772366400123456700)]
    [InlineData("/api/v2/write?org=o&bucket=b&precision=us", 1772366400123456)]
    [InlineData("/api/v2/write?org=o&bucket=b&precision=ms", 1772366400123)]
    [InlineData("/write?db=d&precision=u", 1772366400123456)]
    [InlineData("/write?db=d&precision=s", 1772366400)]
    [InlineData("/write?db=d&precision=n", 1772366400123456700)]
    public async Task Line_is_stored_with_204(string path, long timestamp)
    {
        // One written twice is taken once.
        var name = $"m{path.Length}{path[^1]}{path[1]}";
        var (status, body, _) = await server.PostAsync(path, $"{name},p=x f={timestamp % 1000} {timestamp}\n", Plain);

        Assert.Equal((204, ""), (status, body));
        var point = await server.NewestAsync($"{name},p=x.f");
        Assert.Equal(timestamp % 1000, point.Value);
        Assert.Equal(new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc), point.Timestamp.AddTicks(-(point.Timestamp.Ticks % TimeSpan.TicksPerSecond)));
    }

    [Fact]
    public async Task Packed_body_is_unpacked()
    {
        Assert.Equal(204, (await server.PostAsync("/api/v2/write?org=o&bucket=b", "packed f=1", Plain, gzip: true)).Status);

        Assert.Equal(1, (await server.NewestAsync("packed.f")).Value);
    }

    [Fact]
    public async Task Lines_that_are_refused_are_a_partial_write()
    {
        const string lines = "part f=1\npart\npart f=2\npart f=x\n";

        var (status, body, response) = await server.PostAsync("/api/v2/write?org=o&bucket=b", lines, Plain);
        var (statusV1, bodyV1, _) = await server.PostAsync("/write?db=d", lines, Plain);

        Assert.Equal((400, "application/json"), (status, response.Content.Headers.ContentType!.MediaType));
        using var error = JsonDocument.Parse(body);
        Assert.Equal("invalid", error.RootElement.GetProperty("code").GetString());
        Assert.Equal(
            "partial write, 2 values are stored: line 2: unable to parse 'part': missing fields; line 4: unable to parse 'part f=x': "
            + "invalid field value: a number, true, false or a text in double quotes is expected dropped=2",
            error.RootElement.GetProperty("message").GetString());
        using var errorV1 = JsonDocument.Parse(bodyV1);
        Assert.Equal((400, error.RootElement.GetProperty("message").GetString()), (statusV1, errorV1.RootElement.GetProperty("error").GetString()));
        Assert.Equal(2, (await server.NewestAsync("part.f")).Value);
    }

    [Theory]
    [InlineData("?precision=days", "f v=1", 400, "invalid", "invalid precision; valid precision units are ns, us, ms, and s")]
    [InlineData("", "", 400, "invalid", "writing requires points")]
    public async Task Error_has_a_code_and_a_message(string query, string text, int status, string code, string message)
    {
        var (answered, body, response) = await server.PostAsync($"/api/v2/write{query}", text, Plain);

        using var error = JsonDocument.Parse(body);
        Assert.Equal((status, code, message), (answered, error.RootElement.GetProperty("code").GetString(), error.RootElement.GetProperty("message").GetString()));
        Assert.Equal(code, response.Headers.GetValues("X-Platform-Error-Code").Single());
    }

    [Fact]
    public async Task Body_that_is_too_long_is_413()
    {
        var (status, body, _) = await server.PostAsync("/api/v2/write", string.Concat(Enumerable.Repeat("long f=1\n", 200_000)), Plain);

        Assert.Equal(413, status);
        Assert.Contains("request too large", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Real_client_writes_point_by_point_and_is_seen_on_the_hub(bool gzip)
    {
        using var client = NewClient(gzip);
        var write = client.GetWriteApiAsync();

        await write.WritePointAsync(PointData.Measurement("boiler").Tag("line", "1").Field("pressure", gzip ? 9.5 : 8.5).Field("on", true).Timestamp(DateTime.UtcNow, WritePrecision.Ms), "b", "o");
        await write.WriteRecordAsync($"boiler,line=1 count={(gzip ? 7 : 6)}i", WritePrecision.Ns, "b", "o");
        await write.WriteMeasurementsAsync([new Reading { Line = "2", Value = 3.25, Time = DateTime.UtcNow }], WritePrecision.Us, "b", "o");

        Assert.Equal(gzip ? 9.5 : 8.5, (await server.NewestAsync("boiler,line=1.pressure")).Value);
        Assert.Equal(1, (await server.NewestAsync("boiler,line=1.on")).Value);
        Assert.Equal(gzip ? 7 : 6, (await server.NewestAsync("boiler,line=1.count")).Value);
        Assert.Equal(3.25, (await server.NewestAsync("reading,line=2.value")).Value);
        Assert.True(await client.PingAsync());
        Assert.Equal("v2.7.0", await client.VersionAsync());
    }

    [Fact]
    public async Task Real_client_writes_in_batches_without_an_error()
    {
        using var client = NewClient(gzip: true);
        var events = new List<EventArgs>();
        using (var write = client.GetWriteApi(new WriteOptions { BatchSize = 100, FlushInterval = 50 }))
        {
            write.EventHandler += (_, happened) => events.Add(happened);
            for (var i = 0; i < 1000; i++)
            {
                write.WritePoint(PointData.Measurement("batched").Field("i", i).Timestamp(DateTime.UtcNow, WritePrecision.Ns), "b", "o");
            }
        }

        Assert.Equal(1000, (await server.NewestAsync("batched.i")).Sequence);
        Assert.All(events, happened => Assert.IsType<WriteSuccessEvent>(happened));
    }

    [Fact]
    public async Task Real_client_is_told_of_a_partial_write_and_does_not_try_again()
    {
        using var client = NewClient(gzip: false);

        var error = await Assert.ThrowsAsync<BadRequestException>(() =>
            client.GetWriteApiAsync().WriteRecordsAsync(["told f=1", "told f=oops"], WritePrecision.Ns, "b", "o"));

        Assert.StartsWith("partial write, 1 value is stored: line 2: unable to parse 'told f=oops'", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await server.NewestAsync("told.f")).Value);
    }

    [Fact]
    public async Task Ping_and_health_answer_what_clients_look_for()
    {
        Assert.Contains("\"status\":\"pass\"", await server.Client.GetStringAsync("/health"), StringComparison.Ordinal);
        using var response = await server.Client.GetAsync("/ping");
        using var head = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/ping"));

        Assert.Equal((204, 204), ((int)response.StatusCode, (int)head.StatusCode));
        Assert.Equal("v2.7.0", response.Headers.GetValues("X-Influxdb-Version").Single());
    }

    private InfluxDBClient NewClient(bool gzip)
    {
        var client = new InfluxDBClient(new InfluxDBClientOptions(server.Server.Address.ToString()) { Token = "any", Org = "o", Bucket = "b" });
        return gzip ? client.EnableGzip() : client;
    }

    [InfluxDB.Client.Core.Measurement("reading")]
    private sealed class Reading
    {
        [InfluxDB.Client.Core.Column("line", IsTag = true)]
        public string Line { get; set; } = "";

        [InfluxDB.Client.Core.Column("value")]
        public double Value { get; set; }

        [InfluxDB.Client.Core.Column(IsTimestamp = true)]
        public DateTime Time { get; set; }
    }
}
