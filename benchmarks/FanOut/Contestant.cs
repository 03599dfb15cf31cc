using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using LiveViz.FanOut.Load;

namespace LiveViz.FanOut;

/// <summary>A server of the comparison in a process of its own.</summary>
internal sealed class Contestant : IDisposable
{
    /// <summary>The line with which each says that clients may come.</summary>
    public const string Ready = "ready";

    // Twice the longest window asked for here: no client is to be overtaken by the log while it is told the past.
    private const double LogSeconds = 120;

    // Each block of the log holds so many samples of one sensor, in so many bytes: no sensor is left without two.
    private const double SamplesABlock = 1024;
    private const double BytesASample = 17.2;

    private readonly Process _process;

    public Contestant(Settings settings)
    {
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            settings.Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        _process = settings.Via == Dialect.Peer
            ? Start("/usr/bin/python3", [Beside("peer.py"), Text(settings.Port), Text(settings.Sensors), Text(settings.Rate)])
            : Start("dotnet", [Itself, "server", .. ServerArguments(settings)]);
        settings.ServerProcess = _process.Id;
        string? line;
        do
        {
            line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server ended before it was ready.");
        }
        while (line != Ready);

        // What it writes later is nobody's, but a full pipe would hold it.
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    /// <summary>Runs the load tool against it, in a process of its own as well.</summary>
    public static LoadResult Load(Settings settings)
    {
        using var load = Start("dotnet", [Itself, "load", .. CommandLine.From(settings)]);
        var result = load.StandardOutput.ReadToEnd();
        load.WaitForExit();
        return load.ExitCode == 0
            ? JsonSerializer.Deserialize<LoadResult>(result)!
            : throw new InvalidOperationException("The load tool failed; what it says stands above.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Itself => Beside("FanOut.dll");

    private static IEnumerable<string> ServerArguments(Settings settings)
    {
        // The log is full before the first client comes: what memory grows by afterwards is the clients'.
        var bytes = settings.Sensors * (Math.Max(settings.Rate * LogSeconds, SamplesABlock) + SamplesABlock) * BytesASample;
        var megabytes = Math.Ceiling(bytes / (1024 * 1024));
        var history = megabytes * 1024 * 1024 / BytesASample / settings.SourceRate * 1.2;
        // More come from one address here than from any in a plant.
        var limits = Text(settings.Clients + 100);
        return
        [
            $"--urls=http://127.0.0.1:{settings.Port}",
            "--Logging:LogLevel:Default=Warning",
            $"--LiveViz:LogMegabytes={Text(megabytes)}",
            "--LiveViz:History:Store=None",
            "--LiveViz:Sources:0:Type=Bench",
            $"--LiveViz:Sources:0:Sensors={Text(settings.Sensors)}",
            $"--LiveViz:Sources:0:Rate={Text(settings.Rate)}",
            $"--LiveViz:Sources:0:Round={settings.Round}",
            $"--LiveViz:Sources:0:History={Text(history)}",
            $"--LiveViz:Limits:Connections={limits}",
            $"--LiveViz:Limits:ConnectionsPerAddress={limits}",
        ];
    }

    private static Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
