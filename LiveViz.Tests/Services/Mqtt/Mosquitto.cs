using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LiveViz.Tests.Running;

namespace LiveViz.Tests.Services.Mqtt;

/// <summary>
/// Debian's broker with a configuration of its own, on free ports and in a temporary folder: a port for everybody, one for
/// users with a password, one over TLS and one over TLS for clients with a certificate. What it keeps outlives a restart.
/// </summary>
public sealed class Mosquitto : IAsyncLifetime
{
    public const string User = "liveviz";
    public const string Password = "pass word";

    private static readonly string Program = new[] { "/usr/sbin", "/usr/bin", "/usr/local/sbin" }
        .Select(folder => Path.Combine(folder, "mosquitto")).FirstOrDefault(File.Exists) ?? "mosquitto";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveviz-mqtt-");
    private readonly Certificates _certificates;
    private readonly int[] _ports = FreePorts(4);
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    public Mosquitto() => _certificates = new Certificates(_folder);

    public Uri Open => new($"mqtt://127.0.0.1:{_ports[0]}");

    public Uri WithPassword => new($"mqtt://127.0.0.1:{_ports[1]}");

    /// <summary>Its certificate is for localhost.</summary>
    public Uri Tls => new($"mqtts://localhost:{_ports[2]}");

    public Uri TlsForKnownClients => new($"mqtts://localhost:{_ports[3]}");

    public string CaFile => _certificates.CaFile;

    public string ClientCertificateFile => _certificates.ClientFile;

    public string ClientKeyFile => _certificates.ClientKeyFile;

    public async Task InitializeAsync()
    {
        using (var passwords = Process.Start(Path.Combine("/usr/bin", "mosquitto_passwd"), ["-c", "-b", FileOf("passwords"), User, Password]))
        {
            await passwords.WaitForExitAsync();
        }

        await File.WriteAllTextAsync(FileOf("mosquitto.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            user {Environment.UserName}
            per_listener_settings true
            persistence true
            persistence_location {_folder.FullName}/
            max_queued_messages 100000
            log_dest stderr
            listener {_ports[0]} 127.0.0.1
            allow_anonymous true
            listener {_ports[1]} 127.0.0.1
            password_file {FileOf("passwords")}
            listener {_ports[2]} 127.0.0.1
            allow_anonymous true
            certfile {_certificates.ServerFile}
            keyfile {_certificates.ServerKeyFile}
            listener {_ports[3]} 127.0.0.1
            allow_anonymous true
            certfile {_certificates.ServerFile}
            keyfile {_certificates.ServerKeyFile}
            cafile {CaFile}
            require_certificate true

            """));
        await StartAsync();
    }

    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Program, ["-c", FileOf("mosquitto.conf")]) { RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync(async () =>
        {
            Assert.False(_process.HasExited, string.Join('\n', _log));
            return await IsListeningAsync(_ports[3]);
        });
    }

    /// <summary>Stops it as an operator does; it writes down what it has yet to deliver.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            await SignalAsync("TERM");
            _process = null;
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            process.Dispose();
        }
    }

    /// <summary>
    /// Waits until it has seen a client leave so often: one that comes back before may find its last acknowledgements not
    /// read, as the broker reads one packet of each connection in turn.
    /// </summary>
    public Task SeenLeaveAsync(string clientId, int times) =>
        Eventually.TrueAsync(() => _log.Count(line => line.EndsWith($"Client {clientId} disconnected.", StringComparison.Ordinal)) >= times);

    /// <summary>Makes it silent: it keeps its connections and does nothing.</summary>
    public Task HoldAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    public async Task DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }

    private static async Task<bool> IsListeningAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private string FileOf(string name) => Path.Combine(_folder.FullName, name);
}
