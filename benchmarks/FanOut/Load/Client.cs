using System.Buffers.Binary;
using System.Net.Sockets;

namespace LiveViz.FanOut.Load;

/// <summary>
/// One client. Of what it receives it follows the heads of the WebSocket's frames, and has the rest read where it
/// is one of the sampled clients; it keeps no buffer.
/// </summary>
internal sealed class Client(Socket socket, IPayload? payload)
{
    private const int Close = 8;

    private readonly byte[] _head = new byte[10];
    private int _headLength;
    private long _left;
    private long _bytes;
    private long _messages;

    public Socket Socket { get; } = socket;

    public bool IsSampled => payload is not null;

    public bool IsClosed { get; set; }

    public long Bytes => Volatile.Read(ref _bytes);

    public long Messages => Volatile.Read(ref _messages);

    public void Take(ReadOnlySpan<byte> received, long ticks)
    {
        Volatile.Write(ref _bytes, _bytes + received.Length);
        while (received.Length > 0)
        {
            if (!HasHead)
            {
                _head[_headLength++] = received[0];
                received = received[1..];
                if (!HasHead)
                {
                    continue;
                }

                _left = PayloadLength;
            }

            var part = received[..(int)Math.Min(received.Length, _left)];
            received = received[part.Length..];
            _left -= part.Length;
            if (IsData)
            {
                payload?.Add(part);
            }

            if (_left == 0)
            {
                EndFrame(ticks);
            }
        }
    }

    private bool HasHead => _headLength >= 2 && _headLength == (_head[1] & 0x7f) switch { 126 => 4, 127 => 10, _ => 2 };

    private long PayloadLength => _headLength switch
    {
        2 => _head[1] & 0x7f,
        4 => BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(2)),
        _ => BinaryPrimitives.ReadInt64BigEndian(_head.AsSpan(2)),
    };

    // Continuation, text and binary; from 8 on they are the WebSocket's own affairs.
    private bool IsData => (_head[0] & 0x0f) < Close;

    private void EndFrame(long ticks)
    {
        IsClosed |= (_head[0] & 0x0f) == Close;
        if (IsData && (_head[0] & 0x80) != 0)
        {
            Volatile.Write(ref _messages, _messages + 1);
            payload?.End(ticks);
        }

        _headLength = 0;
    }
}
