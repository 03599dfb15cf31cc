using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LiveViz.FanOut.Load;

/// <summary>Reads the hub's messages with SignalR's own protocol classes: what they make of the bytes is right.</summary>
internal sealed class HubPayload(IHubProtocol protocol, Tally tally) : IPayload, IInvocationBinder
{
    private readonly Carry _carry = new();
    private bool _shookHands;

    public void Add(ReadOnlySpan<byte> part) => _carry.Add(part);

    public void End(long ticks)
    {
        var rest = new ReadOnlySequence<byte>(_carry.Bytes);
        if (!_shookHands)
        {
            _shookHands = HandshakeProtocol.TryParseResponseMessage(ref rest, out var answer);
            if (answer?.Error is { } refused)
            {
                throw new InvalidOperationException($"The hub refused the handshake: {refused}");
            }
        }

        // A hub message may reach over two of the WebSocket's.
        while (_shookHands && protocol.TryParseMessage(ref rest, this, out var message))
        {
            switch (message)
            {
                case StreamItemMessage { Item: byte[] frame }:
                    tally.Frame(frame, ticks);
                    break;
                case StreamItemMessage { Item: DataPoint point }:
                    tally.Point(point.SensorId, point.Timestamp.Ticks, point.Sequence, ticks);
                    break;
                case CompletionMessage { Error: { } error }:
                    throw new InvalidOperationException($"The hub ended the stream: {error}");
                case CloseMessage { Error: { } error }:
                    throw new InvalidOperationException($"The hub closed the connection: {error}");
            }
        }

        _carry.Keep((int)rest.Length);
    }

    public Type GetStreamItemType(string streamId) => tally.ReadsFrames ? typeof(byte[]) : typeof(DataPoint);

    public Type GetReturnType(string invocationId) => typeof(object);

    public IReadOnlyList<Type> GetParameterTypes(string methodName) => [];
}
