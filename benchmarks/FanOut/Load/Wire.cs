using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LiveViz.FanOut.Load;

/// <summary>The client's side of a WebSocket, as far as it is needed before and beside reading.</summary>
internal static class Wire
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    /// <summary>Connects, upgrades, and says what opens the stream. What the server sends then is left unread.</summary>
    public static Socket Open(int port, string path, byte[] opening)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = 60_000,
        };
        socket.Connect(IPAddress.Loopback, port);
        socket.Send(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: TGl2ZVZpeiBmYW4tb3V0IQ==\r\n\r\n"));
        ReadHead(socket);
        socket.Send(opening);
        socket.Blocking = false;
        return socket;
    }

    /// <summary>A message to a server: masked, as a server demands, with a mask that changes nothing.</summary>
    public static byte[] Message(ReadOnlySpan<byte> payload, bool isText)
    {
        byte[] length = payload.Length < 126 ? [(byte)(0x80 | payload.Length)] : [0x80 | 126, 0, 0];
        if (length.Length > 1)
        {
            BinaryPrimitives.WriteUInt16BigEndian(length.AsSpan(1), checked((ushort)payload.Length));
        }

        return [(byte)(isText ? 0x81 : 0x82), .. length, 0, 0, 0, 0, .. payload];
    }

    private static void ReadHead(Socket socket)
    {
        // Looked at first, so that no byte behind the head is taken.
        var head = new byte[2048];
        for (var seen = 0; ;)
        {
            var count = socket.Receive(head, SocketFlags.Peek);
            var end = head.AsSpan(0, count).IndexOf(EndOfHead);
            if (end >= 0)
            {
                socket.Receive(head, end + EndOfHead.Length, SocketFlags.None);
                break;
            }

            if (count == 0 || count == head.Length)
            {
                throw new InvalidOperationException($"The server answered: {Encoding.ASCII.GetString(head, 0, count)}");
            }

            if (count == seen)
            {
                Thread.Sleep(1);
            }

            seen = count;
        }

        if (!Encoding.ASCII.GetString(head).StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The server did not upgrade: {Encoding.ASCII.GetString(head).TrimEnd('\0')}");
        }
    }
}
