using System.Net;
using LiveViz.Feeds;
using LiveViz.Tests.Hub;
using LiveViz.Tests.Running;
using LiveViz.Tests.Sources.Http;
using LiveViz.Tests.Sources.Tcp;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit.Abstractions;

namespace LiveViz.Tests.Services;

/// <summary>What callers are told while the server's store, or its disk, is not as it should be; and that it is true.</summary>
[Trait("Category", "Services")]
public sealed class PushFaultTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveviz-push");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_power_cut()
    {
        var port = LineClient.FreePort();
        await using var server = await LiveVizServer.StartAsync(
            $"LiveViz:History:Path={_folder.FullName}/history.db",
            "LiveViz:Sources:0:Type=Tcp", $"LiveViz:Sources:0:Listen=127.0.0.1:{port}", "LiveViz:Sources:0:Ack=true");
        using var client = new HttpClient { BaseAddress = server.Address };
        using var device = await LineClient.ConnectAsync(port);
        var now = DateTime.UtcNow;
        var start = (now.Ticks - DateTime.UnixEpoch.Ticks) * 100;

        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsync("/api/v1/points", PushServer.Body("""[{"sensorId":"json","value":1},{"sensorId":"json","value":2}]""", "application/json"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsync("/api/v2/write", PushServer.Body($"lines f=1 {start}\nlines f=2 {start + 1000}\nlines f=3 {start + 2000}", "text/plain"))).StatusCode);
        var published = 0L;
        await foreach (var result in SensorPublisher.PublishAsync(server.Address.ToString(), Enumerable.Range(0, 1000).Select(i => new DataPoint("hub", now.AddMilliseconds(i), i)).ToAsyncEnumerable()))
        {
            published += result.Stored;
        }

        await device.WriteAsync(string.Concat(Enumerable.Range(0, 200).Select(i => $"tcp f={i} {start + i * 1000}\n")));
        string? line;
        do
        {
            line = await device.ReadAsync();
        }
        while (line != "ACK 200");
        await server.KillAsync();

        await server.StartAsync();

        await using var hub = await HubClient.ConnectAsync(server.Address);
        var span = new FrameReader().Read(await hub.InvokeAsync<byte[]>("GetSpan", new SpanRequest { From = now.AddHours(-1), To = now.AddHours(1) }));
        var counts = span.Columns.ToDictionary(column => column.SensorId, column => column.Values.Length);
        Assert.Equal((2, 3, 1000, 200, 1000), (counts["json"], counts["lines.f"], counts["hub"], counts["tcp.f"], (int)published));
    }

    [Fact]
    public async Task Store_that_fails_is_503_with_a_time_to_try_again_and_a_word_on_the_hub()
    {
        var setting = $"LiveViz:History:Path={_folder.FullName}/history.db";
        await using var first = await LiveVizServer.StartAsync(setting);
        await using var second = await LiveVizServer.StartAsync(setting);
        using var client = new HttpClient { BaseAddress = second.Address };
        await using var hub = await HubClient.ConnectAsync(second.Address);

        using var points = await client.PostAsync("/api/v1/points", PushServer.Body("""{"sensorId":"a","value":1}""", "application/json"));
        using var write = await client.PostAsync("/api/v2/write", PushServer.Body("a f=1", "text/plain"));
        var refusal = await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<PublishResult>("Publish", AsyncEnumerable.Empty<DataPoint>()));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (points.StatusCode, points.Headers.RetryAfter!.Delta));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (write.StatusCode, write.Headers.RetryAfter!.Delta));
        Assert.Contains("\"code\":\"unavailable\"", await write.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var problem = await points.Content.ReadAsStringAsync();
        Assert.True(problem.Contains("another LiveViz server is using it", StringComparison.Ordinal), problem);
        Assert.Contains("another LiveViz server is using it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Full_disk_is_507_and_samples_sent_again_when_there_is_room_are_stored_once()
    {
        using var disk = SmallDisk.TryMount(kilobytes: 2048);
        if (disk is null)
        {
            output.WriteLine("Not tried: this user may not mount a disk.");
            return;
        }

        await using var server = await LiveVizServer.StartAsync($"LiveViz:History:Path={disk.Folder}/history.db", "LiveViz:Sources:0:Type=Http");
        using var client = new HttpClient { BaseAddress = server.Address };
        var lines = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"a f={i * 0.123456789} {1772366400000000100 + i * 100L}\n"));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync("a f=1 1772366400000000000"));
        disk.Fill();

        Assert.Equal(HttpStatusCode.InsufficientStorage, await SendAsync(lines));
        disk.MakeRoom();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await SendAsync(lines) != HttpStatusCode.NoContent)
        {
            await Task.Delay(200, patience.Token);
        }

        await using var hub = await HubClient.ConnectAsync(server.Address);
        Assert.Equal(3_001, (await hub.InvokeAsync<ServerStatus>("GetStatus", patience.Token)).Appended);

        async Task<HttpStatusCode> SendAsync(string text) => (await client.PostAsync("/api/v2/write", PushServer.Body(text, "text/plain"))).StatusCode;
    }
}
