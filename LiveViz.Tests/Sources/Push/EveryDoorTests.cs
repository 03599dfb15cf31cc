using System.Globalization;
using LiveViz.Tests.Hub;
using LiveViz.Tests.Running;
using LiveViz.Tests.Sources.Http;
using LiveViz.Tests.Sources.Tcp;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Tests.Sources.Push;

/// <summary>Awkward numbers and times come out of the hub the same, through whichever door they came in.</summary>
public sealed class EveryDoorTests(EveryDoorTests.AllDoors fixture) : IClassFixture<EveryDoorTests.AllDoors>
{
    private static readonly string Long = new('9', 10_000);

    public static TheoryData<string> Doors => ["points", "lines", "tcp lines", "tcp json", "hub json", "hub packed"];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Numbers(string door)
    {
        (string Text, double? Value)[] table =
        [
            ("1.5", 1.5), ("-0", -0.0), ("0.1", 0.1), ("1e-320", 1e-320), ("9007199254740993", 9007199254740992.0),
            ("1.7976931348623157e308", double.MaxValue), ("NaN", null), ("Infinity", null), ("-Infinity", null), ("1e999", null), (Long, null), ($"0.{Long}", 1.0),
        ];
        for (var i = 0; i < table.Length; i++)
        {
            var sensor = $"{door}-number-{i}".Replace(' ', '-');
            await fixture.SendAsync(door, sensor, table[i].Text, null);

            var point = await fixture.NewestAsync(sensor);
            Assert.Equal((i, table[i].Value is null), (i, point.Value is null));
            Assert.Equal(BitConverter.DoubleToInt64Bits(table[i].Value ?? 0), BitConverter.DoubleToInt64Bits(point.Value ?? 0));
            Assert.Equal(table[i].Value is null ? Quality.Bad : Quality.Good, point.Quality);
        }
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Times(string door)
    {
        var now = DateTime.UtcNow;
        (DateTime Time, bool IsTaken)[] table =
        [
            (DateTime.UnixEpoch, true), (now.AddHours(1), true), (now.AddHours(-1), true), (now.AddYears(-10), true),
            (now.AddYears(10), false), (new DateTime(1969, 12, 31, 23, 59, 59, DateTimeKind.Utc), false),
        ];
        for (var i = 0; i < table.Length; i++)
        {
            var sensor = $"{door}-time-{i}".Replace(' ', '-');
            var before = await fixture.AppendedAsync();
            await fixture.SendAsync(door, sensor, "1", table[i].Time);
            // The next one tells that this one was dealt with.
            await fixture.SendAsync(door, $"{sensor}-after", "1", null);

            await fixture.NewestAsync($"{sensor}-after");
            Assert.Equal((i, table[i].IsTaken ? 2 : 1), (i, await fixture.AppendedAsync() - before));
            if (table[i].IsTaken)
            {
                Assert.Equal(table[i].Time, (await fixture.NewestAsync(sensor)).Timestamp);
            }
        }
    }

    public sealed class AllDoors : IAsyncLifetime
    {
        private readonly int _lines = LineClient.FreePort();
        private readonly int _json = LineClient.FreePort();
        private readonly Dictionary<string, HubConnection> _publishers = [];
        private LiveVizServer _server = default!;

        internal HubConnection Hub { get; private set; } = default!;

        private HttpClient Http { get; set; } = default!;

        private LineClient TcpLines { get; set; } = default!;

        private LineClient TcpJson { get; set; } = default!;

        public async Task InitializeAsync()
        {
            _server = await LiveVizServer.StartAsync(
                "LiveViz:Sources:0:Type=Http", "LiveViz:Sources:0:Sensor={measurement}",
                "LiveViz:Sources:1:Type=Tcp", "LiveViz:Sources:1:Name=lines", $"LiveViz:Sources:1:Listen=127.0.0.1:{_lines}", "LiveViz:Sources:1:Sensor={measurement}",
                "LiveViz:Sources:2:Type=Tcp", "LiveViz:Sources:2:Name=json", $"LiveViz:Sources:2:Listen=localhost:{_json}", "LiveViz:Sources:2:Format=Json",
                "LiveViz:Limits:StreamsPerConnection=1000", "LiveViz:Limits:CallsPerSecond=1000");
            Hub = await HubClient.ConnectAsync(_server.Address);
            _publishers["hub json"] = await HubClient.ConnectAsync(_server.Address);
            _publishers["hub packed"] = await HubClient.ConnectAsync(_server.Address, messagePack: true);
            Http = new HttpClient { BaseAddress = _server.Address };
            TcpLines = await LineClient.ConnectAsync(_lines);
            TcpJson = await LineClient.ConnectAsync(_json);
        }

        public async Task DisposeAsync()
        {
            TcpLines.Dispose();
            TcpJson.Dispose();
            Http.Dispose();
            await Task.WhenAll(_publishers.Values.Append(Hub).Select(hub => hub.DisposeAsync().AsTask()));
            await _server.DisposeAsync();
        }

        internal async Task SendAsync(string door, string sensor, string value, DateTime? time)
        {
            var line = $"{sensor} v={value}{(time is { } at ? $" {(at.Ticks - DateTime.UnixEpoch.Ticks) * 100m:0}" : "")}\n";
            var json = $"{{\"sensorId\":\"{sensor}\",\"value\":{(value is "NaN" or "Infinity" or "-Infinity" ? $"\"{value}\"" : value)}{(time is { } stamp ? $",\"timestamp\":\"{stamp:O}\"" : "")}}}\n";
            switch (door)
            {
                case "points":
                    await Http.PostAsync("/api/v1/points", PushServer.Body(json, "application/json"));
                    break;
                case "lines":
                    await Http.PostAsync("/api/v2/write", PushServer.Body(line, "text/plain"));
                    break;
                case "tcp lines":
                    await TcpLines.WriteAsync(line);
                    break;
                case "tcp json":
                    await TcpJson.WriteAsync(json);
                    break;
                default:
                    var number = double.Parse(value, CultureInfo.InvariantCulture);
                    // A text has no way to say what is not finite to this protocol of the hub, but to leave it out.
                    double? sent = door == "hub json" && !double.IsFinite(number) ? null : number;
                    await _publishers[door].InvokeAsync<PublishResult>("Publish", OneAsync(new DataPoint(sensor, time ?? DateTime.UtcNow, sent)));
                    break;
            }
        }

        internal async Task<long> AppendedAsync() => (await Hub.InvokeAsync<ServerStatus>("GetStatus")).Appended;

        internal async Task<DataPoint> NewestAsync(string sensor)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await foreach (var point in Hub.StreamAsync<DataPoint>("Stream", new[] { sensor }, patience.Token))
            {
                return point;
            }

            throw new InvalidOperationException("The stream ended.");
        }

        private static async IAsyncEnumerable<DataPoint> OneAsync(DataPoint point)
        {
            await Task.Yield();
            yield return point;
        }
    }
}
