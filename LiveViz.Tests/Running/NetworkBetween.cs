using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LiveViz.Tests.Running;

/// <summary>
/// The network between a client and a server, as bad as a test wants it: it passes TCP on, refuses WebSockets as
/// some proxies do, or cuts every connection and lets none through until it is mended.
/// </summary>
internal sealed class NetworkBetween : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _disposed = new();
    private readonly ConcurrentDictionary<Socket, byte> _sockets = new();
    private readonly Uri _server;
    private readonly bool _refusesWebSockets;
    private volatile bool _isCut;
    private volatile bool _isHeld;
    private volatile string? _cutAt;

    public NetworkBetween(Uri server, bool refusesWebSockets = false)
    {
        _server = server;
        _refusesWebSockets = refusesWebSockets;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    /// <summary>Where a client reaches the server through it.</summary>
    public Uri Address { get; }

    /// <summary>How many WebSockets, and requests at <see cref="CutAt"/>, were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>How many connections were made through it.</summary>
    public int Accepted { get; private set; }

    /// <summary>Cuts every connection, and lets none through until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        _isCut = true;
        CutOpen();
    }

    /// <summary>Cuts every connection there is, and lets new ones through.</summary>
    public void CutOpen()
    {
        foreach (var socket in _sockets.Keys)
        {
            socket.Dispose();
        }

        _sockets.Clear();
    }

    /// <summary>Keeps every connection and passes nothing on, until <see cref="Mend"/>: what is sent meanwhile arrives then.</summary>
    public void Hold() => _isHeld = true;

    /// <summary>Cuts each connection when a request with this in it, as in its address, comes over it, until <see cref="Mend"/>.</summary>
    public void CutAt(string text) => _cutAt = text;

    /// <summary>Lets everything through again.</summary>
    public void Mend()
    {
        _isCut = _isHeld = false;
        _cutAt = null;
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        _listener.Stop();
        Cut();
        _disposed.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_disposed.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_disposed.Token);
                Accepted++;
                _ = PassOnAsync(client);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task PassOnAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            try
            {
                client.NoDelay = true;
                if (_isCut)
                {
                    return;
                }

                _sockets[client] = 0;
                _sockets[server] = 0;
                await server.ConnectAsync(_server.Host, _server.Port, _disposed.Token);
                await Task.WhenAny(CopyAsync(client, server, _refusesWebSockets), CopyAsync(server, client, false));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Cut, or one side has gone.
            }

            _sockets.TryRemove(client, out _);
            _sockets.TryRemove(server, out _);
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool refuseWebSockets)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (int count; (count = await from.ReceiveAsync(buffer, _disposed.Token)) > 0;)
            {
                if (refuseWebSockets && Encoding.ASCII.GetString(buffer, 0, count).Contains("Upgrade: websocket", StringComparison.OrdinalIgnoreCase))
                {
                    Refused++;
                    await from.SendAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _disposed.Token);
                    return;
                }

                if (_cutAt is { } text && Encoding.ASCII.GetString(buffer, 0, count).Contains(text, StringComparison.Ordinal))
                {
                    Refused++;
                    return;
                }

                while (_isHeld)
                {
                    await Task.Delay(20, _disposed.Token);
                }

                await to.SendAsync(buffer.AsMemory(0, count), _disposed.Token);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut, or one side has gone.
        }
    }
}
