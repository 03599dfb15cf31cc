using System.Net;
using System.Text.Json;
using LiveViz.Feeds;
using LiveViz.Sources;
using LiveViz.Tests.Hub;
using LiveViz.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Tests.Services.Values;

/// <summary>A server with every door and one store, the table sent through each, and what can be read of it.</summary>
internal sealed class DoorServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // For what is there already, if it is to be at all.
    private static readonly TimeSpan ReadingPatience = TimeSpan.FromSeconds(30);

    private static readonly string[] Protocols = ["JSON", "MessagePack"];

    private readonly LiveVizServer _server;

    private DoorServer(LiveVizServer server, IReadOnlyList<Door> doors) => (_server, Doors) = (server, doors);

    public IReadOnlyList<Door> Doors { get; }

    /// <summary>What each way to read gives, by its name.</summary>
    public Dictionary<string, ILookup<string, DataPoint>> Read { get; } = [];

    /// <summary>The state of each source, when all had arrived.</summary>
    public IReadOnlyDictionary<string, SourceStatus> Sources { get; private set; } = default!;

    /// <summary>Sends the table, and reads it.</summary>
    /// <param name="doors">The doors.</param>
    /// <param name="folder">For what the server keeps.</param>
    /// <param name="store">The settings of the store.</param>
    public static async Task<DoorServer> StartAsync(IReadOnlyList<Door> doors, string folder, params string[] store)
    {
        foreach (var door in doors.Where(door => door.IsKept))
        {
            await door.SendAsync(default!, AwkwardTable.Samples(door));
        }

        var sources = doors.Where(door => door.Settings.Count > 0)
            .SelectMany((door, i) => door.Settings.Prepend($"Name={door.Source}").Distinct().Select(setting => $"LiveViz:Sources:{i}:{setting}"));
        var server = new DoorServer(
            await LiveVizServer.StartAsync([.. sources, .. store, $"LiveViz:DataPath={folder}", "LiveViz:Limits:CallsPerSecond=1000", "LiveViz:Limits:ConnectionsPerAddress=100"]),
            doors);
        try
        {
            await server.SendAsync();
            await server.ReadAllAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<ILookup<string, DataPoint>> StreamAsync(HubConnection hub, IEnumerable<string> sensors, TimeSpan longest)
    {
        using var patience = new CancellationTokenSource(longest);
        var awaited = sensors.ToHashSet();
        var points = new List<DataPoint>();
        try
        {
            await foreach (var point in hub.StreamAsync<DataPoint>("Stream", awaited.ToArray(), patience.Token))
            {
                points.Add(point);
                awaited.Remove(point.SensorId);
                if (awaited.Count == 0)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // What has not come is said where it is missed.
        }

        return points.ToLookup(point => point.SensorId);
    }

    private static async Task<ILookup<string, DataPoint>> SpanAsync(HubConnection hub, IEnumerable<string> sensors)
    {
        var frame = new FrameReader().Read(await hub.InvokeAsync<byte[]>(
            "GetSpan", new SpanRequest { SensorIds = [.. sensors], From = DateTime.UnixEpoch.AddYears(-1), To = DateTime.MaxValue.AddDays(-1) }));
        return frame.Columns
            .SelectMany(column => column.Ticks.Select((ticks, i) => new DataPoint(
                column.SensorId, new DateTime(ticks, DateTimeKind.Utc), double.IsNaN(column.Values[i]) ? null : column.Values[i], column.Marks[i].Quality())))
            .ToLookup(point => point.SensorId);
    }

    private static async Task KnownAsync(HubConnection hub, IEnumerable<string> sensors)
    {
        var awaited = sensors.ToHashSet();
        for (var start = DateTime.UtcNow; awaited.Count > 0 && DateTime.UtcNow - start < ReadingPatience; await Task.Delay(20))
        {
            awaited.ExceptWith((await hub.InvokeAsync<Sensor[]>("GetSensors")).Select(sensor => sensor.Id));
        }
    }

    private async Task SendAsync()
    {
        await using var hub = await HubClient.ConnectAsync(_server.Address);
        using var patience = new CancellationTokenSource(Patience);
        foreach (var door in Doors.Where(door => door.IsHeardLate))
        {
            while (!(await hub.InvokeAsync<Sensor[]>("GetSensors", patience.Token)).Any(sensor => sensor.Id == door.Ready))
            {
                await door.SendAsync(_server.Address, [new Sample(door.Ready, AwkwardTable.OrdinaryNumber, AwkwardTable.OrdinaryTime)]);
                await Task.Delay(20, patience.Token);
            }
        }

        foreach (var door in Doors.Where(door => !door.IsKept))
        {
            await door.SendAsync(_server.Address, AwkwardTable.Samples(door));
        }

        string[] ends = [.. Doors.Where(door => door.IsLive).Select(door => door.End)];
        var ended = await StreamAsync(hub, ends, Patience);
        Assert.True(ends.All(ended.Contains), $"{string.Join(", ", ends.Where(end => !ended.Contains(end)))} has not come:\n{_server.Output}");
        Sources = (await hub.InvokeAsync<SourceStatus[]>("GetSources")).ToDictionary(source => source.Name);
    }

    private async Task ReadAllAsync()
    {
        var sent = Doors.SelectMany(door => AwkwardTable.Samples(door).Select(sample => sample.Sensor)).ToList();
        var taken = Doors.ToDictionary(door => door, door => AwkwardTable.Samples(door).Where(sample => !door.IsRefused(sample)).Select(sample => sample.Sensor).ToList());
        foreach (var protocol in Protocols)
        {
            await using var hub = await HubClient.ConnectAsync(_server.Address, protocol == "MessagePack");
            Read[$"stream, {protocol}"] = await StreamAsync(hub, taken.Where(door => door.Key.IsLive).SelectMany(door => door.Value), ReadingPatience);
        }

        Read["history"] = await HistoryAsync(sent);
        // When it goes it puts all in its place in the store, which is all that is left then. And what was imported is known
        // to the hub after a restart.
        await _server.StopAsync();
        await _server.StartAsync();
        foreach (var protocol in Protocols)
        {
            await using var hub = await HubClient.ConnectAsync(_server.Address, protocol == "MessagePack");
            await KnownAsync(hub, taken.SelectMany(door => door.Value));
            Read[$"span, {protocol}"] = await SpanAsync(hub, sent);
        }

        Read["history, after a restart"] = await HistoryAsync(sent);
    }

    private async Task<ILookup<string, DataPoint>> HistoryAsync(IEnumerable<string> sensors)
    {
        using var client = new HttpClient { BaseAddress = _server.Address };
        var points = new List<DataPoint>();
        foreach (var sensor in sensors)
        {
            using var response = await client.GetAsync($"/api/v1/sensors/{sensor}/history?from=1969-01-01&to=9999-12-31");
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                continue;
            }

            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.Equal("history", answer.RootElement.GetProperty("source").GetString());
            points.AddRange(answer.RootElement.GetProperty("samples").EnumerateArray().Select(sample => new DataPoint(
                sensor,
                sample.GetProperty("timestamp").GetDateTime(),
                sample.GetProperty("value") is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null,
                Enum.Parse<Quality>(sample.GetProperty("quality").GetString()!))));
        }

        return points.ToLookup(point => point.SensorId);
    }
}
