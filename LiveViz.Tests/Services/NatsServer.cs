using NATS.Client.Core;

namespace LiveViz.Tests.Services;

/// <summary>A NATS server with JetStream, on a free port, with its store in a temporary folder.</summary>
internal sealed class NatsServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveviz-nats-");
    private readonly int _port = ServiceProcess.FreePort();
    private readonly string[] _arguments;
    private readonly Certificates? _certificates;
    private ServiceProcess? _process;

    private NatsServer(string[] arguments, bool isEncrypted)
    {
        _certificates = isEncrypted ? new Certificates(_folder) : null;
        _arguments = _certificates is null ? arguments
            : [.. arguments, "--tls", "--tlsverify", "--tlscacert", _certificates.CaFile, "--tlscert", _certificates.ServerFile, "--tlskey", _certificates.ServerKeyFile];
    }

    /// <summary>Where it listens.</summary>
    public string Url => $"nats://localhost:{_port}";

    /// <summary>Of a server over TLS: those that it and its clients are known by.</summary>
    public Certificates Certificates => _certificates ?? throw new InvalidOperationException("It is not encrypted.");

    /// <summary>Starts a server.</summary>
    /// <param name="arguments">More of its own arguments, such as <c>--auth</c>.</param>
    public static Task<NatsServer> StartAsync(params string[] arguments) => StartAsync(new NatsServer(arguments, isEncrypted: false));

    /// <summary>Starts a server over TLS, that lets in who shows a certificate.</summary>
    public static Task<NatsServer> StartEncryptedAsync() => StartAsync(new NatsServer([], isEncrypted: true));

    /// <summary>Starts it, again after <see cref="StopAsync"/>, with what it had stored.</summary>
    public async Task StartAsync() => _process = await ServiceProcess.StartAsync(
        "nats-server", ["--addr", "127.0.0.1", "--port", $"{_port}", "--jetstream", "--store_dir", _folder.FullName, .. _arguments], "Server is ready");

    /// <summary>A client of it.</summary>
    public async Task<NatsConnection> ConnectAsync(NatsAuthOpts? credentials = null)
    {
        var client = new NatsConnection(new NatsOpts
        {
            Url = Url,
            AuthOpts = credentials ?? NatsAuthOpts.Default,
            TlsOpts = new NatsTlsOpts { CaFile = _certificates?.CaFile, CertFile = _certificates?.ClientFile, KeyFile = _certificates?.ClientKeyFile },
        });
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

    private static async Task<NatsServer> StartAsync(NatsServer server)
    {
        await server.StartAsync();
        return server;
    }
}
