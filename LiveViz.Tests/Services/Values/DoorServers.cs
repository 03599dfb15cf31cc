using System.Collections.Concurrent;
using LiveViz.Tests.Services.Mqtt;
using LiveViz.Tests.Sources.Kafka;

namespace LiveViz.Tests.Services.Values;

/// <summary>The brokers and databases, and a server for each store.</summary>
public sealed class DoorServers : IAsyncLifetime, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveviz-doors-");
    private readonly Mosquitto _mosquitto = new();
    private readonly PostgresServer _postgres = new();
    private readonly MockKafka _kafka = new();
    private readonly ConcurrentDictionary<string, DoorServer> _servers = [];
    private NatsServer _nats = default!;

    internal DoorServer this[string store] => _servers[store];

    public async Task InitializeAsync()
    {
        await Task.WhenAll(_mosquitto.InitializeAsync(), _postgres.InitializeAsync());
        _nats = await NatsServer.StartAsync();
        await Task.WhenAll(
            StartAsync("sqlite", "LiveViz:History:Store=Sqlite"),
            StartAsync("postgres", "LiveViz:History:Store=Postgres", $"LiveViz:History:ConnectionString={_postgres.ConnectionString}"));
    }

    public async Task DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }

        await _nats.DisposeAsync();
        await Task.WhenAll(_mosquitto.DisposeAsync(), _postgres.DisposeAsync());
        _folder.Delete(recursive: true);
    }

    public void Dispose() => _kafka.Dispose();

    private async Task StartAsync(string store, params string[] settings)
    {
        var folder = _folder.CreateSubdirectory(store).FullName;
        Door[] doors =
        [
            new HttpDoor("lines", isLines: true), new HttpDoor("points", isLines: false),
            new TcpDoor("tcp-lines", isLines: true), new TcpDoor("tcp-json", isLines: false),
            new HubDoor("hub-json", isPacked: false), new HubDoor("hub-packed", isPacked: true),
            new MqttDoor("mqtt-json", _mosquitto, store), new MqttDoor("mqtt-ms", _mosquitto, store, isMilliseconds: true),
            new MqttDoor("mqtt-plain", _mosquitto, store, isPlain: true), new SparkplugDoor("sparkplug", _mosquitto, store),
            new KafkaDoor("kafka", _kafka, store), new NatsDoor("nats", _nats, store, isStream: false), new NatsDoor("jetstream", _nats, store, isStream: true),
            new PostgresDoor("postgres", _postgres, store, isNumeric: false), new PostgresDoor("postgres-numeric", _postgres, store, isNumeric: true),
            new SqliteDoor("sqlite", folder), new ReplayDoor("replay", folder), new ImportDoor("import"),
        ];
        _servers[store] = await DoorServer.StartAsync(doors, folder, settings);
    }
}
