using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using LiveViz.Server.History;
using LiveViz.Tests.History;
using LiveViz.Tests.Running;
using LiveViz.Tests.Services.Mqtt;
using LiveViz.Tests.Sources.Kafka;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace LiveViz.Tests.Services;

/// <summary>
/// The server is killed again and again while samples come over HTTP, MQTT and Kafka: what was acknowledged is there, once.
/// <c>LIVEVIZ_KILLS=500 dotnet test LiveViz.Tests --filter KillTests</c> is the whole of it.
/// </summary>
[Trait("Category", "Services")]
public sealed class KillTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("LIVEVIZ_KILLS") ?? "6", CultureInfo.InvariantCulture);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveviz-kill");
    private readonly Mosquitto _broker = new();
    private readonly MockKafka _kafka = new(("kill", 1));

    // One sample a millisecond, of which the time says the value.
    private readonly long _start = DateTime.UtcNow.AddHours(-12).Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond;

    public Task InitializeAsync() => _broker.InitializeAsync();

    public void Dispose() => _kafka.Dispose();

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public Task What_was_acknowledged_is_there_once_however_often_the_server_is_killed()
    {
        var random = new Random(1);
        return CheckAsync(async (server, _) =>
        {
            await Task.Delay(random.Next(20, 1500));
            await server.KillAsync();
            await server.StartAsync();
        });
    }

    /// <summary>Strace ends the server when one of its threads is about to make its nth call that writes, or waits for the disk.</summary>
    [StraceFact]
    public async Task What_was_acknowledged_is_there_once_at_whichever_call_the_server_dies()
    {
        var reached = 0;
        await CheckAsync(async (server, kill) =>
        {
            // The first calls one by one, later ones with more between them: they begin with opening the store, and reach
            // beyond a checkpoint of SQLite's log.
            var nth = 1 + (int)(5000 * Math.Pow(kill / (double)Kills, 2));
            await server.KillAsync();
            server.RunBy =
            [
                // With --seccomp-bpf the signal would not be sent.
                "strace", "-f", "-q", "-o", "/dev/null", "-e", "trace=pwrite64,fdatasync,fsync",
                "-e", $"inject=pwrite64,fdatasync,fsync:signal=KILL:when={nth.ToString(CultureInfo.InvariantCulture)}",
            ];
            try
            {
                await server.StartAsync();
            }
            catch (InvalidOperationException)
            {
                // It has died while it started, which is one of the moments to try.
            }

            reached += await server.EndsWithinAsync(TimeSpan.FromSeconds(15)) ? 1 : 0;
            await server.KillAsync();
            server.RunBy = [];
            await server.StartAsync();
        });
        output.WriteLine($"{reached} calls were reached.");
        Assert.True(reached > Kills / 2, $"Only {reached} of {Kills} calls were reached.");
    }

    private async Task CheckAsync(Func<LiveVizServer, int, Task> killAndStartAsync)
    {
        using var stop = new CancellationTokenSource();
        await using var server = await LiveVizServer.StartAsync(Settings());
        await using var device = await MqttDevice.ConnectAsync(_broker.Open);
        var writers = new[]
        {
            Task.Run(() => PostAsync(server.Address, stop.Token)),
            Task.Run(() => WriteAsync(i => device.PublishAsync("kill/mqtt", Message(i)), stop.Token)),
            Task.Run(() => WriteAsync(ProduceAsync, stop.Token)),
        };
        var (read, lives) = (0L, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            await killAndStartAsync(server, kill);
            var before = read;
            lives += (read = KafkaCommitted()) > before ? 1 : 0;
        }

        await stop.CancelAsync();
        var sent = await Task.WhenAll(writers).WaitAsync(Patience);
        await StoredAsync(server, sent);
        await server.KillAsync();
        CheckStore(sent);
        output.WriteLine($"{Kills} kills; sent and stored once: {sent[0]} over HTTP, {sent[1]} over MQTT, {sent[2]} over Kafka, of which some were read in {lives} lives of the server.");
        // A few lives may all be too short, on a machine that does other things.
        Assert.True(Kills < 50 || lives > Kills / 4, $"Kafka was read in {lives} of {Kills} lives of the server.");
    }

    private async Task ProduceAsync(long i)
    {
        // The broker keeps the newest 100,000: no more than half of them wait.
        const int Most = 50_000, BetweenLooks = 1000;
        while (i % BetweenLooks == 0 && i - KafkaCommitted() > Most)
        {
            await Task.Delay(500);
        }

        await _kafka.ProduceAsync("kill", "kill/kafka", Message(i));
    }

    private long KafkaCommitted() => _kafka.CommittedBy("liveviz-Kafka", "kill") ?? 0;

    private string[] Settings() =>
    [
        $"LiveViz:History:Path={_folder.FullName}/history.db",
        "LiveViz:Sources:0:Type=Mqtt", $"LiveViz:Sources:0:Server={_broker.Open.OriginalString}", "LiveViz:Sources:0:Topics:0:Topic=kill/#",
        "LiveViz:Sources:0:Topics:0:Sensor={topic}", "LiveViz:Sources:0:Topics:0:Values:0=value", "LiveViz:Sources:0:Topics:0:TimePath=ts",
        "LiveViz:Sources:1:Type=Kafka", $"LiveViz:Sources:1:Servers={_kafka.Servers}", "LiveViz:Sources:1:Topics:0=kill",
        "LiveViz:Sources:1:Values:0=value", "LiveViz:Sources:1:TimePath=ts", "LiveViz:Sources:1:Sensor={key}",
        // A server that was killed is soon forgotten, so that the next one reads before it is killed too.
        "LiveViz:Sources:1:Settings:session.timeout.ms=600", "LiveViz:Sources:1:Settings:heartbeat.interval.ms=100",
    ];

    private string Message(long i) => $$"""{"ts":"{{Time(i)}}","value":{{i}}}""";

    private string Time(long i) => new DateTime(_start + (i * TimeSpan.TicksPerMillisecond), DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture);

    /// <returns>How many were sent.</returns>
    private static async Task<long> WriteAsync(Func<long, Task> write, CancellationToken stop)
    {
        long sent = 0;
        while (!stop.IsCancellationRequested)
        {
            await write(sent++);
            // What comes while the server is away must not be more than the broker keeps.
            await Task.Delay(4, CancellationToken.None);
        }

        return sent;
    }

    /// <summary>Sends batches, each again until it is acknowledged.</summary>
    /// <returns>How many were acknowledged.</returns>
    private async Task<long> PostAsync(Uri server, CancellationToken stop)
    {
        const int Batch = 50;
        using var client = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromSeconds(10) };
        long acknowledged = 0;
        while (!stop.IsCancellationRequested)
        {
            var body = string.Join('\n', Enumerable.Range(0, Batch).Select(i => acknowledged + i)
                .Select(i => $$"""{"sensorId":"kill/http","timestamp":"{{Time(i)}}","value":{{i}}}"""));
            for (var clock = Stopwatch.StartNew(); !await TryPostAsync(client, body);)
            {
                Assert.True(clock.Elapsed < Patience, $"Nothing was acknowledged over HTTP for {Patience.TotalSeconds} s.");
                await Task.Delay(20, CancellationToken.None);
            }

            acknowledged += Batch;
        }

        return acknowledged;
    }

    private static async Task<bool> TryPostAsync(HttpClient client, string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/x-ndjson");
            using var answer = await client.PostAsync(new Uri("/api/v1/points", UriKind.Relative), content);
            Assert.True(answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync());
            return answer.StatusCode == HttpStatusCode.NoContent;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return false;
        }
    }

    private async Task StoredAsync(LiveVizServer server, long[] sent)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        string[] sensors = ["kill/http", "kill/mqtt", "kill/kafka"];
        foreach (var (sensor, count) in sensors.Zip(sent))
        {
            // The last one says that those before it are there.
            var address = new Uri($"/api/v1/sensors/{Uri.EscapeDataString(sensor)}/history?from={Time(count - 1)}&to={Time(count)}", UriKind.Relative);
            for (var clock = Stopwatch.StartNew(); ;)
            {
                using var answer = await client.GetAsync(address);
                if (answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains($"\"value\":{count - 1}", StringComparison.Ordinal))
                {
                    break;
                }

                Assert.True(clock.Elapsed < Patience, $"The last of {count} samples of {sensor} has not come in {Patience.TotalSeconds} s.");
                await Task.Delay(100);
            }
        }
    }

    private void CheckStore(long[] sent)
    {
        var path = Path.Combine(_folder.FullName, "history.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            Assert.Equal("ok", check.ExecuteScalar());
        }

        using var history = new TestHistory(() => new SqliteStore(path));
        string[] sensors = ["kill/http", "kill/mqtt", "kill/kafka"];
        foreach (var (sensor, count) in sensors.Zip(sent))
        {
            var all = history.All(sensor);
            Assert.True(count == all.Count, $"{sensor}: {count} were acknowledged, {all.Count} are stored; not there is the {all.Values.TakeWhile((value, i) => value == i).Count()}th.");
            for (var i = 0; i < count; i++)
            {
                Assert.Equal((_start + (i * TimeSpan.TicksPerMillisecond), (double)i), (all.Ticks[i], all.Values[i]));
            }
        }
    }
}
