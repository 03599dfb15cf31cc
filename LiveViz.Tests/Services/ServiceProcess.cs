using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LiveViz.Tests.Services;

/// <summary>A service of the system, run by a test in a process and a temporary folder of its own.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;

    private ServiceProcess(Process process) => _process = process;

    /// <summary>All it has written so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts a program, and waits until it has written what it writes when it is ready.</summary>
    public static async Task<ServiceProcess> StartAsync(string program, IEnumerable<string> arguments, string ready)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var service = new ServiceProcess(new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
            EnableRaisingEvents = true,
        });
        service._process.OutputDataReceived += (_, line) => Keep(line.Data);
        service._process.ErrorDataReceived += (_, line) => Keep(line.Data);
        service._process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"{program} ended:\n{service.Output}"));
        service._process.Start();
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        await listening.Task.WaitAsync(Patience);
        return service;

        void Keep(string? line)
        {
            service._output.Enqueue(line ?? "");
            if (line?.Contains(ready, StringComparison.Ordinal) == true)
            {
                listening.TrySetResult();
            }
        }
    }

    /// <summary>A port that nothing listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Asks it to end by a signal, and waits until it has.</summary>
    public async Task StopAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{_process.Id}"]);
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Ends it at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }

        _process.Dispose();
    }
}
