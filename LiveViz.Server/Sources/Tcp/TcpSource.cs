using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using LiveViz.Server.Security;
using LiveViz.Server.Sources.LineProtocol;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Server.Sources.Push;
using LiveViz.Sources;
using Microsoft.Extensions.Options;

namespace LiveViz.Server.Sources.Tcp;

/// <summary>
/// Listens on a socket that devices and programs write lines to, each a sample or more. Whoever is slow, silent or
/// writes nonsense holds up nobody else.
/// </summary>
internal sealed class TcpSource : ISensorSource
{
    // Batches on their way from the connections to the intake, of all of them together.
    private const int MostWaiting = 64;
    private const int Backlog = 128;

    private readonly TcpOptions _options;
    private readonly IPEndPoint _endpoint;
    private readonly IPointReader _reader;
    private readonly RefusalLog _refusals;
    private readonly Rejections _rejections;
    private readonly TimeProvider _time;
    private readonly ILogger<TcpSource> _logger;
    private readonly Lock _gate = new();
    private readonly PendingAcknowledgements<(TcpConnection Connection, long Lines)> _pending = new();
    private bool _toldOfTexts;

    /// <exception cref="WrongConfigurationException">Others could write to it, and nobody has to sign in.</exception>
    public TcpSource(TcpOptions options, IOptions<SecurityOptions> security, RefusalLog refusals, TimeProvider time, ILogger<TcpSource> logger)
    {
        _options = options;
        _endpoint = options.Endpoint!;
        if (!IPAddress.IsLoopback(_endpoint.Address) && !security.Value.AllowAnonymous)
        {
            throw new WrongConfigurationException(
                "LiveViz:Security:AllowAnonymous",
                $"the source \"{options.Name}\" listens on {_endpoint}, which others can reach, and nobody has to sign in; "
                + "set its Listen to 127.0.0.1 and the port, or LiveViz:Security:AllowAnonymous to true");
        }

        LineTemplate.TryParse(options.Sensor, out var template);
        _reader = options.Format == TcpFormat.Json ? new JsonPointReader() : new LineProtocolReader(new LineIds(template), options.Precision);
        _refusals = refusals;
        _rejections = new Rejections(options.Name, logger);
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    public bool Acknowledges => _options.Ack;

    /// <inheritdoc/>
    public long Rejected => _rejections.Count;

    /// <inheritdoc/>
    public async IAsyncEnumerable<DataPoint> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var listener = Open();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var arrived = Channel.CreateBounded<TcpBatch>(MostWaiting);
        _pending.Clear();
        var accepting = AcceptAsync(listener, arrived.Writer, ending.Token);
        try
        {
            long count = 0;
            await foreach (var (connection, points, lines) in arrived.Reader.ReadAllAsync(cancellationToken))
            {
                count += points.Length;
                _pending.Add(count, (connection, lines));
                foreach (var point in points)
                {
                    yield return point;
                }

                // Nobody will say so of lines without a sample, if all before them is stored.
                if (points.Length == 0)
                {
                    Acknowledge(_pending.TakeCommitted());
                }
            }
        }
        finally
        {
            await ending.CancelAsync();
            await accepting;
        }
    }

    /// <inheritdoc/>
    public void Committed(long count) => Acknowledge(_pending.TakeCommitted(count));

    private static void Acknowledge(IReadOnlyList<(TcpConnection Connection, long Lines)> stored)
    {
        foreach (var (connection, lines) in stored)
        {
            connection.Stored(lines);
        }
    }

    private Socket Open()
    {
        var socket = new Socket(_endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(_endpoint);
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException(
                e.SocketErrorCode switch
                {
                    SocketError.AddressAlreadyInUse => $"{_options.Listen} is in use: another program listens there; end it, or set Listen to another port",
                    SocketError.AddressNotAvailable => $"{_options.Listen} is no address of this computer; set Listen to one that is",
                    SocketError.AccessDenied => $"the system does not let this program listen on {_options.Listen}; set Listen to a port from 1024 on",
                    _ => $"cannot listen on {_options.Listen}: {e.Message}",
                },
                e);
        }
    }

    private async Task AcceptAsync(Socket listener, ChannelWriter<TcpBatch> into, CancellationToken cancellationToken)
    {
        var running = new ConcurrentDictionary<Task, byte>();
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(cancellationToken);
                if (running.Count >= _options.Connections)
                {
                    _refusals.Note(
                        (socket.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "", "tcp",
                        $"{_options.Connections} are connected to the source \"{_options.Name}\" already; allow more with its setting Connections.");
                    socket.Dispose();
                    continue;
                }

                // On a thread of its own until its first wait, so that it does not hold up the next.
                var run = Task.Run(() => new TcpConnection(socket, _options.Ack, _time).RunAsync(Parse, into, cancellationToken), CancellationToken.None);
                running.TryAdd(run, 0);
                _ = run.ContinueWith(ended => running.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException)
        {
            into.TryComplete();
        }
        catch (SocketException e)
        {
            into.TryComplete(new IOException($"cannot take connections on {_options.Listen} any longer: {e.Message}", e));
        }

        await Task.WhenAll(running.Keys);
    }

    private bool Parse(LineSplitter splitter, ref ReadOnlySequence<byte> buffer, bool isFinal, PointBatch into, int most)
    {
        // Connections share what is known of sensors' ids; a piece takes well under a millisecond.
        lock (_gate)
        {
            var now = _time.GetUtcNow().UtcDateTime;
            while (splitter.TryTake(ref buffer, isFinal, out var line, out var problem))
            {
                // Without a time of their own, those that came together are still told apart, and keep their order.
                now = now.AddTicks(1);
                problem ??= _reader.Read(line, now, into);
                if (problem is not null)
                {
                    var shown = ShownText.Quoted(Encoding.UTF8.GetString(line[..Math.Min(line.Length, 160)]));
                    _rejections.Add(1, $"line {splitter.Number} of a connection, {shown},", $"was refused: {problem}");
                }

                if (into.Count >= most)
                {
                    return true;
                }
            }

            if (into.Texts > 0 && !_toldOfTexts)
            {
                _toldOfTexts = true;
                _logger.LogInformation("Source {Source}: texts in the place of a value are passed over: only numbers can be shown", _options.Name);
            }

            return false;
        }
    }
}
