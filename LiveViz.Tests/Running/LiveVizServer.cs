using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LiveViz.Tests.Running;

/// <summary>A LiveViz server in a process of its own, as an operator runs it.</summary>
internal sealed class LiveVizServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _program;
    private readonly string[] _arguments;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    private LiveVizServer(string program, string[] arguments)
    {
        _program = program;
        Address = FreeAddress();
        _arguments = arguments;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>A program that it is run by, and that one's own arguments, from the next start on; none as a rule.</summary>
    public string[] RunBy { get; set; } = [];

    /// <summary>All it has written so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts a server, and waits until it listens.</summary>
    /// <param name="settings">Settings as on the command line, such as <c>LiveViz:Sources:0:Type=Simulated</c>.</param>
    public static Task<LiveVizServer> StartAsync(params string[] settings) => StartProgramAsync(Repository.Server, settings);

    /// <summary>Starts another program of this repository that listens, and waits until it does.</summary>
    public static async Task<LiveVizServer> StartProgramAsync(string program, params string[] settings)
    {
        var server = new LiveVizServer(program, settings);
        await server.StartAsync();
        return server;
    }

    /// <summary>Runs a server that is expected to end by itself.</summary>
    /// <returns>Its exit code, and all that it wrote.</returns>
    public static Task<(int ExitCode, string Output)> RunToEndAsync(params string[] settings) =>
        RunToEndAsync(StartInfo(Repository.Server, FreeAddress(), settings));

    /// <summary>Runs a server that is expected to end by itself, and that is told nowhere but here where to listen.</summary>
    public static Task<(int ExitCode, string Output)> RunToEndAsync((string Name, string Value)[] environment, string[] settings)
    {
        var info = StartInfo(Repository.Server, null, settings);
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        return RunToEndAsync(info);
    }

    /// <summary>Starts it, again after <see cref="KillAsync"/>, and waits until it listens.</summary>
    public async Task StartAsync()
    {
        var listening = new TaskCompletionSource();
        _process = new Process { StartInfo = RunThrough(RunBy, StartInfo(_program, Address, _arguments)), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Keep(line.Data, listening);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data, listening);
        _process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The server ended:\n{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await listening.Task.WaitAsync(Patience);
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        _process = null;
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync().WaitAsync(Patience);
        }

        process.Dispose();
    }

    /// <summary>Asks it to end, as a service manager does, and waits until it has.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await KillAsync();
    }

    /// <summary>Waits for it to end by itself.</summary>
    /// <returns>Whether it did so in this time.</returns>
    public async Task<bool> EndsWithinAsync(TimeSpan time)
    {
        using var patience = new CancellationTokenSource(time);
        try
        {
            await _process!.WaitForExitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private void Keep(string? line, TaskCompletionSource listening)
    {
        _output.Enqueue(line ?? "");
        if (line?.Contains("Now listening on", StringComparison.Ordinal) == true)
        {
            listening.TrySetResult();
        }
    }

    private static async Task<(int ExitCode, string Output)> RunToEndAsync(ProcessStartInfo info)
    {
        using var process = Process.Start(info)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            // One that did not end by itself is not left behind.
            process.Kill(entireProcessTree: true);
        }
    }

    private static ProcessStartInfo StartInfo(string program, Uri? address, string[] settings)
    {
        var info = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        info.ArgumentList.Add(program);
        if (address is not null)
        {
            info.ArgumentList.Add("--urls");
            info.ArgumentList.Add(address.ToString());
        }

        // Nothing of one test is to be found by another: what keeps history says where.
        if (program == Repository.Server && !settings.Any(setting => setting.StartsWith("LiveViz:History", StringComparison.Ordinal)))
        {
            info.ArgumentList.Add("--LiveViz:History:Store=None");
        }

        foreach (var setting in settings)
        {
            info.ArgumentList.Add($"--{setting}");
        }

        return info;
    }

    private static ProcessStartInfo RunThrough(string[] program, ProcessStartInfo info)
    {
        if (program is [var name, .. var arguments])
        {
            foreach (var argument in arguments.Append(info.FileName).Reverse())
            {
                info.ArgumentList.Insert(0, argument);
            }

            info.FileName = name;
        }

        return info;
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
