using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using LiveViz.Server.Sources.Push;

namespace LiveViz.Server.Sources.Tcp;

/// <summary>One who is connected: what it writes is read line by line, and how many lines are stored is written back if asked for.</summary>
internal sealed class TcpConnection(Socket socket, bool acknowledges, TimeProvider time)
{
    // Samples handed on together: enough that handing on costs little, and little memory.
    private const int MostTogether = 500;

    // One that has gone without a word, as with its power, is noticed within a minute.
    private const int SilenceSeconds = 30;
    private const int ProbeSeconds = 10;
    private const int Probes = 3;

    // How long one that has ended its side is kept for the rest of its acknowledgements.
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(20);

    // Only the latest count matters: one that does not read its acknowledgements costs no memory.
    private readonly Channel<long> _acknowledgements = Channel.CreateBounded<long>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Lock _gate = new();
    private long _lines;
    private long _stored;
    private bool _ended;

    /// <summary>Reads until the other side ends, breaks off, or the source does.</summary>
    /// <param name="parse">Makes samples of what has come.</param>
    /// <param name="into">Takes them; waits while it is full, and so, in the end, does whoever writes.</param>
    /// <param name="cancellationToken">Cancelled when the source ends.</param>
    public async Task RunAsync(TcpParse parse, ChannelWriter<TcpBatch> into, CancellationToken cancellationToken)
    {
        using var _ = socket;
        try
        {
            Configure();
            await using var stream = new NetworkStream(socket);
            var acknowledging = acknowledges ? AcknowledgeAsync(stream, cancellationToken) : Task.CompletedTask;
            await ReadAsync(PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true)), parse, into, cancellationToken);
            End();
            await acknowledging.WaitAsync(LongestFarewell, time, cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or TimeoutException or OperationCanceledException or ChannelClosedException)
        {
            // It broke off, or the source ended: what is not acknowledged is for the other side to send again.
        }
    }

    /// <summary>Of the lines that came over it, the first so many are stored.</summary>
    public void Stored(long lines)
    {
        lock (_gate)
        {
            if (acknowledges && lines > _stored)
            {
                _stored = lines;
                _acknowledgements.Writer.TryWrite(lines);
                CompleteAtEnd();
            }
        }
    }

    private async Task ReadAsync(PipeReader pipe, TcpParse parse, ChannelWriter<TcpBatch> into, CancellationToken cancellationToken)
    {
        var splitter = new LineSplitter(lastNeedsEnd: true);
        var batch = new PointBatch();
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            for (var isMore = true; isMore;)
            {
                isMore = parse(splitter, ref buffer, result.IsCompleted, batch, MostTogether);
                if (splitter.Number > _lines)
                {
                    _lines = splitter.Number;
                    await into.WriteAsync(new TcpBatch(this, batch.Points.ToArray(), _lines), cancellationToken);
                    batch.Truncate(0);
                }
            }

            pipe.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private async Task AcknowledgeAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        await foreach (var lines in _acknowledgements.Reader.ReadAllAsync(cancellationToken))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"ACK {lines}\n")), cancellationToken);
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _ended = true;
            CompleteAtEnd();
        }
    }

    private void CompleteAtEnd()
    {
        if (_ended && _stored == _lines)
        {
            _acknowledgements.Writer.TryComplete();
        }
    }

    private void Configure()
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, SilenceSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, ProbeSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
    }
}
