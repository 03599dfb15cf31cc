using System.Diagnostics;
using System.Net.Sockets;

namespace LiveViz.FanOut.Load;

/// <summary>Reads some of the clients on a thread of its own, with one buffer for all of them, and keeps them alive.</summary>
internal sealed class ReadingThread
{
    private const int Patience = 10;

    // A third of what the hub waits for before it takes a client for gone.
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);

    private readonly Epoll _epoll = new();
    private readonly List<Client> _clients = [];
    private readonly Lock _gate = new();
    private readonly byte[] _ping;
    private readonly Thread _thread;
    private volatile bool _stopped;
    private Exception? _failure;

    public ReadingThread(byte[] ping)
    {
        _ping = ping;
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>What went wrong, if anything: the numbers are then worth nothing.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    public void Add(Client client)
    {
        lock (_gate)
        {
            _clients.Add(client);
            _epoll.Watch(client.Socket, _clients.Count - 1);
        }
    }

    /// <summary>Reads a client no more. It is still pinged: its reader hangs, the rest of it does not.</summary>
    public void Stall(Client client) => _epoll.Forget(client.Socket);

    public void Stop()
    {
        _stopped = true;
        _thread.Join();
    }

    private void Run()
    {
        try
        {
            var ready = new int[256];
            var buffer = new byte[256 * 1024];
            var clock = Stopwatch.StartNew();
            double pinged = 0;
            while (!_stopped)
            {
                var count = _epoll.Wait(Patience, ready);
                for (var i = 0; i < count; i++)
                {
                    Read(At(ready[i]), buffer);
                }

                pinged = Ping(pinged, clock.Elapsed / PingEvery);
            }
        }
#pragma warning disable CA1031 // Whatever it is, the run has failed and says so.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _failure, e);
        }
    }

    private Client At(int number)
    {
        lock (_gate)
        {
            return _clients[number];
        }
    }

    private void Read(Client client, byte[] buffer)
    {
        var count = client.Socket.Receive(buffer, SocketFlags.None, out var error);
        if (count > 0)
        {
            client.Take(buffer.AsSpan(0, count), client.IsSampled ? DateTime.UtcNow.Ticks : 0);
        }

        if (client.IsClosed || (count == 0 && error is not (SocketError.WouldBlock or SocketError.Interrupted)))
        {
            client.IsClosed = true;
            _epoll.Forget(client.Socket);
        }
    }

    /// <summary>Pings those whose turn came between two times, in rounds of all: never all of them at once.</summary>
    private double Ping(double from, double to)
    {
        if (_ping.Length > 0)
        {
            lock (_gate)
            {
                for (var turn = (long)(from * _clients.Count); turn < (long)(to * _clients.Count); turn++)
                {
                    _clients[(int)(turn % _clients.Count)].Socket.Send(_ping, SocketFlags.None, out _);
                }
            }
        }

        return to;
    }
}
