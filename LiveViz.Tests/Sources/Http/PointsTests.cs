using System.Net;
using System.Text.Json;
using LiveViz.Tests.Hub;
using LiveViz.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Tests.Sources.Http;

public sealed class PointsTests(PushServer server) : IClassFixture<PushServer>
{
    private const string Json = "application/json";
    private const string Lines = "application/x-ndjson";

    [Theory]
    [InlineData("one", """{"sensorId":"one","timestamp":"2026-03-01T12:00:00Z","value":1.5}""", Json)]
    [InlineData("list", """[{"sensorId":"list","value":1},{"sensorId":"list","timestamp":1772366400,"value":1.5}]""", "application/json; charset=utf-8")]
    [InlineData("lines", "{\"sensorId\":\"lines\",\"value\":1}\n\n{\"sensorId\":\"lines\",\"value\":1.5}\n", Lines)]
    [InlineData("untyped", "{\"sensorId\":\"untyped\",\"value\":1}\n{\"sensorId\":\"untyped\",\"value\":1.5}", null)]
    public async Task Samples_are_there_when_the_answer_is(string sensor, string text, string? type)
    {
        Assert.Equal(204, (await server.PostAsync("/api/v1/points", text, type)).Status);

        Assert.Equal(1.5, (await server.NewestAsync(sensor)).Value);
        Assert.Contains(sensor, await server.Client.GetStringAsync("/api/v1/sensors"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mark_of_the_byte_order_is_passed_over()
    {
        Assert.Equal(204, (await server.PostAsync("/api/v1/points", "\uFEFF{\"sensorId\":\"marked\",\"value\":3}", Json)).Status);

        Assert.Equal(3, (await server.NewestAsync("marked")).Value);
    }

    [Theory]
    [InlineData("GET", "/api/v1/points", 404)]
    [InlineData("PUT", "/api/v1/points", 405)]
    [InlineData("GET", "/api/v1/nonsense", 404)]
    public async Task Wrong_address_or_method_is_told_in_the_form_of_programs(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await server.Client.SendAsync(request);

        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Packed_body_is_unpacked()
    {
        Assert.Equal(204, (await server.PostAsync("/api/v1/points", """{"sensorId":"packed","value":2}""", Json, gzip: true)).Status);

        Assert.Equal(2, (await server.NewestAsync("packed")).Value);
    }

    [Fact]
    public async Task Samples_that_are_refused_are_named_and_the_others_are_stored()
    {
        var (status, body, response) = await server.PostAsync(
            "/api/v1/points", """[{"sensorId":"part","value":1},{"sensorId":"part","value":"x"},{"sensorId":"part","value":2,"timestamp":"1969-01-01"},{"sensorId":"part","value":3}]""", Json);

        Assert.Equal((400, "application/problem+json"), (status, response.Content.Headers.ContentType!.MediaType));
        using var problem = JsonDocument.Parse(body);
        Assert.Equal((2, 2), (problem.RootElement.GetProperty("stored").GetInt32(), problem.RootElement.GetProperty("refused").GetInt32()));
        Assert.Equal("2 refused, and will be if they are sent again. 2 are stored.", problem.RootElement.GetProperty("detail").GetString());
        Assert.Equal([2, 3], problem.RootElement.GetProperty("rejections").EnumerateArray().Select(one => one.GetProperty("number").GetInt32()));
        Assert.Equal(3, (await server.NewestAsync("part")).Value);
    }

    [Theory]
    [InlineData("", Json, 400)]
    [InlineData("{", Json, 400)]
    [InlineData("[]", Json, 204)]
    [InlineData("{\"sensorId\":\"a\",\"value\":1}", "text/plain", 415)]
    [InlineData("{\"sensorId\":\"a\",\"value\":1}", "application/x-www-form-urlencoded", 415)]
    [InlineData("{\"sensorId\":\"a\",\"value\":1}", "application/json; charset=utf-16", 415)]
    [InlineData("{\"sensorId\":\"\",\"value\":1}", Json, 400)]
    public async Task Answer_tells_what_is_wrong(string text, string type, int status)
    {
        var (answered, body, _) = await server.PostAsync("/api/v1/points", text, type);

        Assert.Equal(status, answered);
        Assert.Equal(status == 204, body.Length == 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_that_is_too_long_is_413_and_says_how_much_of_it_is_stored(bool gzip)
    {
        var text = string.Concat(Enumerable.Repeat("{\"sensorId\":\"long\",\"value\":1}\n", 100_000));

        var (status, body, _) = await server.PostAsync("/api/v1/points", text, Lines, gzip);

        Assert.Equal(413, status);
        Assert.Contains("stored", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_that_is_not_what_its_encoding_says_is_400_and_an_unknown_one_415()
    {
        using var broken = PushServer.Body("{\"sensorId\":\"broken\",\"value\":1}", Json);
        broken.Headers.ContentEncoding.Add("gzip");
        using var unknown = PushServer.Body("{\"sensorId\":\"broken\",\"value\":1}", Json);
        unknown.Headers.ContentEncoding.Add("br");
        var packed = await PushServer.Body(string.Concat(Enumerable.Range(0, 2000).Select(i => $"{{\"sensorId\":\"broken\",\"value\":{i}}}\n")), Lines, gzip: true).ReadAsByteArrayAsync();
        using var cut = new ByteArrayContent(packed[..(packed.Length / 2)]);
        cut.Headers.ContentEncoding.Add("gzip");
        cut.Headers.ContentType = new(Lines);

        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.PostAsync("/api/v1/points", broken)).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await server.Client.PostAsync("/api/v1/points", unknown)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.PostAsync("/api/v1/points", cut)).StatusCode);
    }

    [Fact]
    public async Task Page_of_another_origin_cannot_send()
    {
        foreach (var path in (string[])["/api/v1/points", "/api/v2/write", "/write"])
        {
            using var content = PushServer.Body("evil v=1", "text/plain");
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
            request.Headers.Add("Origin", "https://evil.example");
            Assert.Equal(HttpStatusCode.Forbidden, (await server.Client.SendAsync(request)).StatusCode);
        }

        Assert.DoesNotContain("evil", await server.Client.GetStringAsync("/api/v1/sensors"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callers_at_once_are_all_told_what_is_stored()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async caller =>
        {
            for (var i = 0; i < 10; i++)
            {
                Assert.Equal(204, (await server.PostAsync("/api/v1/points", $"[{string.Join(',', Enumerable.Range(0, 20).Select(j => $"{{\"sensorId\":\"at-once-{caller}\",\"value\":{i}.{j}1}}"))}]", Json)).Status);
            }
        }));

        for (var caller = 0; caller < 50; caller++)
        {
            Assert.Equal((9, 200), ((int)(await server.NewestAsync($"at-once-{caller}")).Value!, (await server.NewestAsync($"at-once-{caller}")).Sequence));
        }
    }

    [Fact]
    public async Task OpenApi_describes_what_is_served()
    {
        using var document = JsonDocument.Parse(await server.Client.GetStringAsync("/openapi/v1.json"));

        var paths = document.RootElement.GetProperty("paths");
        var post = paths.GetProperty("/api/v1/points").GetProperty("post");
        Assert.Equal(["204", "400", "413", "415", "503", "507"], post.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order());
        Assert.Contains("sensorId", document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("DataPoint").GetProperty("properties").EnumerateObject().Select(property => property.Name));
        Assert.True(paths.TryGetProperty("/api/v2/write", out _) && paths.TryGetProperty("/api/v1/sensors", out _));
    }

    [Fact]
    public async Task Source_can_be_named_switched_off_and_limited()
    {
        await using var off = await LiveVizServer.StartAsync(
            "LiveViz:Sources:1:Type=Http", "LiveViz:Sources:1:Enabled=false", "LiveViz:Sources:2:Type=Hub", "LiveViz:Sources:2:Enabled=false", "LiveViz:Limits:RequestsPerSecond=2");
        using var client = new HttpClient { BaseAddress = off.Address };
        await using var hub = await HubClient.ConnectAsync(off.Address);

        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync("/api/v1/points", PushServer.Body("{}", Json))).StatusCode);
        var refusal = await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(() => hub.InvokeAsync<PublishResult>("Publish", AsyncEnumerable.Empty<DataPoint>()));
        Assert.Contains("Enabled", refusal.Message, StringComparison.Ordinal);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync("/api/v1/sensors")));
        var limited = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal(TimeSpan.FromSeconds(1), limited.Headers.RetryAfter!.Delta);
        Assert.Contains("LiveViz:Limits:RequestsPerSecond", await limited.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LiveViz:Sources:0:Sensor={tag}", "LiveViz:Sources:0:Sensor:", "{tag:host}")]
    [InlineData("LiveViz:Sources:0:BodyMegabytes=0", "LiveViz:Sources:0:BodyMegabytes:", "from 1 to 1024")]
    [InlineData("LiveViz:Sources:0:Path=x", "LiveViz:Sources:0:Path:", "BodyMegabytes, Enabled, Name, Sensor")]
    [InlineData("LiveViz:Sources:1:Type=http", "LiveViz:Sources:1:Type:", "another entry")]
    [InlineData("LiveViz:Sources:0:Name=Hub", "LiveViz:Sources:", "\"Hub\"")]
    [InlineData("LiveViz:Sources:1:Type=Htp", "LiveViz:Sources:1:Type:", "Tcp, Http, Hub")]
    public async Task Wrong_setting_is_one_line(string setting, string key, string says)
    {
        var (exitCode, output) = await LiveVizServer.RunToEndAsync("LiveViz:Sources:0:Type=Http", setting);

        var line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(1, exitCode);
        Assert.Contains(key, line, StringComparison.Ordinal);
        Assert.Contains(says, line, StringComparison.Ordinal);
    }
}
