using NATS.Client.Core;

namespace LiveViz.Tests.Services;

/// <summary>A NATS server with JetStream, on a free port, with its store in a temporary folder.</summary>
internal sealed class NatsServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveviz-nats-");
    private readonly int _port = ServiceProcess.FreePort();
    private readonly string[] _arguments;
    private ServiceProcess? _process;

    private NatsServer(string[] arguments) => _arguments = arguments;

    /// <summary>Where it listens.</summary>
    public string Url => $"nats://127.0.0.1:{_port}";

    /// <summary>Starts a server.</summary>
    /// <param name="arguments">More of its own arguments, such as <c>--auth</c>.</param>
    public static async Task<NatsServer> StartAsync(params string[] arguments)
    {
        var server = new NatsServer(arguments);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it, again after <see cref="StopAsync"/>, with what it had stored.</summary>
    public async Task StartAsync() => _process = await ServiceProcess.StartAsync(
        "nats-server", ["--addr", "127.0.0.1", "--port", $"{_port}", "--jetstream", "--store_dir", _folder.FullName, .. _arguments], "Server is ready");

    /// <summary>A client of it.</summary>
    public async Task<NatsConnection> ConnectAsync(NatsAuthOpts? credentials = null)
    {
        var client = new NatsConnection(new NatsOpts { Url = Url, AuthOpts = credentials ?? NatsAuthOpts.Default });
        await client.ConnectAsync();
        return client;
    }

    /// <summary>Ends it at once; what its streams held is kept.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            await process.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }
}
