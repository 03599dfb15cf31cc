using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LiveViz.Server.History;
using LiveViz.Server.Streaming;
using LiveViz.Tests.Running;
using LiveViz.Tests.Security;
using LiveViz.Tests.Sources.CsvReplay;
using Microsoft.Extensions.DependencyInjection;

namespace LiveViz.Tests.History.Http;

public sealed class HistoryApiTests : IAsyncLifetime, IDisposable
{
    private const string Day = "from=2024-01-01&to=2024-01-02";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveviz-api");
    private AppHere _app = default!;
    private HttpClient _client = default!;

    private string[] Settings => ["LiveViz:History:Store=Sqlite", $"LiveViz:History:Path={Path.Combine(_folder.FullName, "history.db")}"];

    public async Task InitializeAsync()
    {
        _app = await AppHere.StartAsync(_ => { }, Settings);
        _client = new HttpClient { BaseAddress = _app.Address };
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("pump-1")]
    [InlineData("line/1.2/speed")]
    [InlineData("/line")]
    [InlineData("a/history")]
    [InlineData("a%2Fb c?d#e+f")]
    [InlineData("kessel-\u00e4\u20ac\U0001F525")]
    public async Task Samples_of_a_sensor_are_there_when_its_import_is_answered_whatever_its_id(string id)
    {
        await ImportAsync($"time,sensor,value,quality\n2024-01-01T00:00:00.0000001Z,{id},-0.1,Uncertain\n2024-01-01T12:00:00Z,{id},,\n2024-01-02,{id},3,Good\n");

        var json = await GetJsonAsync($"/api/v1/sensors/{Uri.EscapeDataString(id)}/history?{Day}");
        var csv = await _client.GetStringAsync($"/api/v1/sensors/{Uri.EscapeDataString(id)}/history?{Day}&format=csv");

        Assert.Equal(
            (id, "2024-01-01T00:00:00.0000000Z", "2024-01-02T00:00:00.0000000Z", "history", true),
            (Text(json, "sensor"), Text(json, "from"), Text(json, "to"), Text(json, "source"), json.GetProperty("complete").GetBoolean()));
        Assert.Equal(
            """[{"timestamp":"2024-01-01T00:00:00.0000001Z","value":-0.1,"quality":"Uncertain"},{"timestamp":"2024-01-01T12:00:00.0000000Z","value":null,"quality":"Bad"}]""",
            json.GetProperty("samples").GetRawText());
        Assert.Equal($"timestamp,sensor,value,quality\n2024-01-01T00:00:00.0000001Z,{id},-0.1,Uncertain\n2024-01-01T12:00:00.0000000Z,{id},,Bad\n", csv);
    }

    [Fact]
    public async Task Slashes_of_an_id_may_come_as_they_are()
    {
        await ImportAsync("time,sensor,value\n2024-01-01,line/1/speed,1\n");

        Assert.Equal("line/1/speed", Text(await GetJsonAsync($"/api/v1/sensors/line/1/speed/history?{Day}"), "sensor"));
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/api/v1/sensors/line/1/speed/other")).StatusCode);
    }

    [Fact]
    public async Task Buckets_are_no_more_than_asked_for_and_tell_the_truth_of_all_samples()
    {
        var rows = new StringBuilder("time,a\n");
        for (var i = 0; i < 86_400; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"{1_704_067_200 + i},{(i == 40_000 ? 500 : i % 100)}\n");
        }

        rows.Append("2024-01-01T06:00:00.5Z,\n");
        await ImportAsync(rows.ToString());

        var json = await GetJsonAsync($"/api/v1/sensors/a/history?{Day}&points=100");
        var csv = await _client.GetStringAsync($"/api/v1/sensors/a/history?{Day}&points=100&format=csv");
        var buckets = json.GetProperty("buckets").EnumerateArray().ToList();

        Assert.Equal(1200, json.GetProperty("bucketSeconds").GetDouble());
        Assert.Equal(72, buckets.Count);
        Assert.Equal((86_400, 1), (buckets.Sum(bucket => bucket.GetProperty("count").GetInt64()), buckets.Sum(bucket => bucket.GetProperty("missing").GetInt64())));
        Assert.Equal((0, 500), (buckets.Min(bucket => bucket.GetProperty("min").GetDouble()), buckets.Max(bucket => bucket.GetProperty("max").GetDouble())));
        Assert.Equal(
            """{"timestamp":"2024-01-01T00:20:00.0000000Z","first":0,"min":0,"max":99,"last":99,"mean":49.5,"count":1200,"missing":0,"quality":"Good"}""",
            buckets[1].GetRawText());
        Assert.Equal("2024-01-01T00:20:00.0000000Z,0,0,99,99,49.5,1200,0,Good", csv.Split('\n')[2]);
    }

    [Fact]
    public async Task Sample_that_came_this_moment_is_there()
    {
        Assert.True(_app.Services.GetRequiredService<SensorLog>().TryAdd(new Sensor { Id = "live", Unit = "bar" }, out var series));

        // Several, as one may come just before what is in memory is stored anyway.
        for (var i = 1; i <= 10; i++)
        {
            var ticks = DateTime.UtcNow.Ticks;
            series.Append(ticks, i, Quality.Good, ticks);

            var json = await GetJsonAsync("/api/v1/sensors/live/history?from=-1m&to=now%2B1m");

            Assert.Equal("bar", Text(json, "unit"));
            Assert.Equal(Enumerable.Range(1, i), json.GetProperty("samples").EnumerateArray().Select(sample => sample.GetProperty("value").GetInt32()));
        }
    }

    [Fact]
    public async Task Many_samples_are_answered_page_by_page_in_order_and_each_once()
    {
        const int count = 100_000;
        var rows = new StringBuilder("time,a\n");
        for (var i = 0; i < count; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"{1_704_067_200_000 + (i * 100L)},{i}\n");
        }

        await ImportAsync(rows.ToString());

        var json = await GetJsonAsync($"/api/v1/sensors/a/history?{Day}");

        Assert.Equal(Enumerable.Range(0, count), json.GetProperty("samples").EnumerateArray().Select(sample => (int)sample.GetProperty("value").GetDouble()));
    }

    [Theory]
    [InlineData("/api/v1/sensors/nobody/history", 404, "There is no sensor \"nobody\"")]
    [InlineData("/api/v1/sensors/a/history?from=soon", 400, "from is \"soon\"; it must be a time such as")]
    [InlineData("/api/v1/sensors/a/history?from=now&to=-1h", 400, ") is after to (")]
    [InlineData("/api/v1/sensors/a/history?points=-1", 400, "points is \"-1\"; it must be from 1 to 100000")]
    [InlineData("/api/v1/sensors/a/history?points=100001", 400, "points is \"100001\"")]
    [InlineData("/api/v1/sensors/a/history?points=many", 400, "points is \"many\"")]
    [InlineData("/api/v1/sensors/a/history?format=xml", 400, "format is \"xml\"; it must be json or csv")]
    [InlineData("/api/v1/export", 400, "sensors names none")]
    [InlineData("/api/v1/export?sensors=a,nobody", 404, "There is no sensor \"nobody\"")]
    [InlineData("/api/v1/export?sensors=a&format=3", 400, "format is \"3\"; it must be csv or parquet")]
    [InlineData("/api/v1/export?sensors=a&to=never", 400, "to is \"never\"")]
    [InlineData("/api/v1/sensors/a/history?form=-1h", 400, "\"form\" is no parameter here; known are from, to, points, format.")]
    [InlineData("/api/v1/export?sensors=a&until=now", 400, "\"until\" is no parameter here; known are sensors, from, to, format.")]
    public async Task What_cannot_be_answered_is_a_problem_that_says_what_is_wrong(string address, int status, string detail)
    {
        await ImportAsync("time,a\n2024-01-01,1\n");

        using var answer = await _client.GetAsync(address);

        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains(detail, Text(await JsonAsync(answer), "detail"));
    }

    [Theory]
    [InlineData("text/csv", "text/csv")]
    [InlineData("text/*;q=0.5", "text/csv")]
    [InlineData("application/json, text/csv;q=0.9", "application/json")]
    [InlineData("text/html, */*;q=0.1", "application/json")]
    [InlineData("", "application/json")]
    public async Task Form_is_what_the_client_accepts_best(string accept, string expected)
    {
        await ImportAsync("time,a\n2024-01-01,1\n");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/sensors/a/history?{Day}");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await _client.SendAsync(request);

        Assert.Equal(expected, answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Export_of_several_sensors_is_read_back_as_it_was()
    {
        await ImportAsync("time,sensor,value,quality\n2024-01-01,\"a,b\",1,Good\n2024-01-01T00:00:01,\"a,b\",,\n2024-01-01T00:00:00.0000002,c,1e300,Uncertain\n");

        var csv = await _client.GetStringAsync($"/api/v1/export?sensors=a%2Cb&sensors=c&{Day}");
        var parquet = await _client.GetByteArrayAsync($"/api/v1/export?sensors=c&format=parquet&{Day}");
        var points = await Replay.PlayText(csv);

        Assert.Equal(
            [
                ("a,b", new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), 1.0, Quality.Good),
                ("a,b", new DateTime(2024, 1, 1, 0, 0, 1, DateTimeKind.Utc), null, Quality.Bad),
                ("c", new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(2), (double?)1e300, Quality.Uncertain),
            ],
            points.Select(point => (point.SensorId, point.Timestamp, point.Value, point.Quality)));
        Assert.Equal("PAR1", Encoding.ASCII.GetString(parquet, 0, 4));
        Assert.Equal("PAR1", Encoding.ASCII.GetString(parquet, parquet.Length - 4, 4));
    }

    [Fact]
    public async Task Import_is_summed_up_with_what_was_rejected_and_where()
    {
        using var answer = await PostAsync("time;x;y\n2024-01-01;1,5;2\n2024-01-02;none;2\n\n9999-01-01;1;1\n2024-01-01;1,5;3\n", "?source=Rig");
        var json = await JsonAsync(answer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            (1, 2, 4, 3, 1, 1, 2, true),
            (Number(json, "files"), Number(json, "sensors"), Number(json, "rows"), Number(json, "added"), Number(json, "replaced"), Number(json, "unchanged"), Number(json, "rejected"), json.GetProperty("completed").GetBoolean()));
        Assert.Equal([3, 5], json.GetProperty("reasons").EnumerateArray().Select(reason => (int)Number(reason, "line")));
        Assert.Equal(("2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"), (Text(json, "from"), Text(json, "to")));
        Assert.Equal("Rig", _app.Services.GetRequiredService<HistoryReader>().About("y")?.Source);
    }

    [Theory]
    [InlineData("", "text/csv", 400, "is empty")]
    [InlineData("1,2,3\n", "text/csv", 400, "has no header")]
    [InlineData("time,a\n2024-01-01,1\n", "application/x-www-form-urlencoded", 415, "Content-Type: text/csv")]
    [InlineData("time,a\nnever,1\n", "text/csv", 422, null)]
    public async Task Import_that_cannot_be_read_is_refused(string body, string type, int status, string? detail)
    {
        using var answer = await PostAsync(body, type: type);

        Assert.Equal(status, (int)answer.StatusCode);
        if (detail is not null)
        {
            Assert.Contains(detail, Text(await JsonAsync(answer), "detail"));
        }
    }

    [Fact]
    public async Task Import_with_a_parameter_that_is_not_known_stores_nothing()
    {
        using var answer = await PostAsync("time,a\n2024-01-01,1\n", "?sorce=Rig");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            "\"sorce\" is no parameter here; known are source, name, timestampColumn, prefix, group, ignore.",
            Text(await JsonAsync(answer), "detail"));
        Assert.Null(_app.Services.GetRequiredService<HistoryReader>().About("a"));
    }

    [Fact]
    public async Task Sensors_that_are_only_in_history_stay_known_after_a_power_cut()
    {
        await using var server = await LiveVizServer.StartAsync($"LiveViz:History:Path={Path.Combine(_folder.FullName, "other.db")}");
        using (var client = new HttpClient { BaseAddress = server.Address })
        {
            using var body = new StringContent("time,old\n2024-01-01,1\n", new MediaTypeHeaderValue("text/csv"));
            (await client.PostAsync("/api/v1/import", body)).EnsureSuccessStatusCode();
        }

        await server.KillAsync();
        await server.StartAsync();

        using var again = new HttpClient { BaseAddress = server.Address };
        Assert.Contains("\"value\":1,", await again.GetStringAsync($"/api/v1/sensors/old/history?{Day}"));
    }

    [Fact]
    public async Task Store_that_cannot_be_used_is_said_with_503()
    {
        // This one's file is in use.
        await using var second = await AppHere.StartAsync(_ => { }, Settings);
        using var client = new HttpClient { BaseAddress = second.Address };
        using var body = new StringContent("time,a\n2024-01-01,1\n", new MediaTypeHeaderValue("text/csv"));

        foreach (var answer in new[]
        {
            await client.GetAsync("/api/v1/sensors/a/history"), await client.GetAsync("/api/v1/export?sensors=a"), await client.PostAsync("/api/v1/import", body),
        })
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("another LiveViz server is using it", Text(await JsonAsync(answer), "detail"));
        }
    }

    [Fact]
    public async Task Without_history_what_is_in_memory_is_answered_and_said_to_be_that()
    {
        await using var app = await AppHere.StartAsync(_ => { }, "LiveViz:History:Store=None", "LiveViz:LogMegabytes=1");
        using var client = new HttpClient { BaseAddress = app.Address };
        Assert.True(app.Services.GetRequiredService<SensorLog>().TryAdd(new Sensor { Id = "live" }, out var series));
        var begin = DateTime.UtcNow.Ticks;
        foreach (var (seconds, value) in new[] { (0, 1.0), (2, 3.0), (1, 2.0), (3, double.NaN) })
        {
            series.Append(begin + (seconds * TimeSpan.TicksPerSecond), value, Quality.Good, begin);
        }

        var samples = JsonDocument.Parse(await client.GetStringAsync("/api/v1/sensors/live/history?to=now%2B1m")).RootElement;
        using var buckets = await client.GetAsync("/api/v1/sensors/live/history?to=now%2B1m&points=1&format=csv");

        Assert.Equal(("memory", true), (Text(samples, "source"), samples.GetProperty("complete").GetBoolean()));
        // One that came late stands where it belongs.
        Assert.Equal([1.0, 2.0, 3.0, null], samples.GetProperty("samples").EnumerateArray().Select(sample => sample.GetProperty("value").ValueKind == JsonValueKind.Null ? null : (double?)sample.GetProperty("value").GetDouble()));
        Assert.Equal("memory", buckets.Headers.GetValues("LiveViz-Source").Single());
        Assert.Contains(",1,1,3,3,2,3,1,Good\n", await buckets.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/sensors/nobody/history")).StatusCode);
        using var body = new StringContent("time,a\n2024-01-01,1\n", new MediaTypeHeaderValue("text/csv"));
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsync("/api/v1/import", body)).StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string csv, string query = "", string type = "text/csv")
    {
        using var body = new StringContent(csv, new MediaTypeHeaderValue(type));
        return await _client.PostAsync($"/api/v1/import{query}", body);
    }

    private async Task ImportAsync(string csv)
    {
        using var answer = await PostAsync(csv);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, Number(await JsonAsync(answer), "rejected"));
    }

    private async Task<JsonElement> GetJsonAsync(string address) => JsonDocument.Parse(await _client.GetStringAsync(address)).RootElement;

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();
}
