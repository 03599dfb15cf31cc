using System.Globalization;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LiveViz.FanOut.Load;

/// <summary>What a client of one dialect says, and how it reads what it is told.</summary>
internal sealed class Conversation
{
    private readonly Dialect _dialect;
    private readonly IHubProtocol? _hub;

    public Conversation(Settings settings)
    {
        _dialect = settings.Via;
        _hub = _dialect switch
        {
            Dialect.Hub or Dialect.Points => new MessagePackHubProtocol(),
            Dialect.PointsJson => new JsonHubProtocol(),
            _ => null,
        };
        Path = _dialect switch
        {
            Dialect.Raw => string.Create(CultureInfo.InvariantCulture,
                $"/raw?windowSeconds={settings.WindowSeconds}&width={settings.Width}&framesPerSecond={settings.FramesPerSecond}&single={settings.Single}"),
            Dialect.Peer => "/",
            _ => "/hubs/sensors",
        };
        if (_hub is not null)
        {
            object?[] arguments = _dialect == Dialect.Hub ? [settings.Request] : [null];
            var call = new StreamInvocationMessage("1", _dialect == Dialect.Hub ? "StreamFrames" : "Stream", arguments);
            var handshake = System.Text.Encoding.UTF8.GetBytes($$"""{"protocol":"{{_hub.Name}}","version":1}{{'\x1e'}}""");
            Opening = [.. Wire.Message(handshake, isText: true), .. Message(call)];
            Ping = Message(PingMessage.Instance);
        }
    }

    public string Path { get; }

    /// <summary>What is sent once the WebSocket is open.</summary>
    public byte[] Opening { get; } = [];

    /// <summary>What is sent now and then, so that the server does not take the client for gone.</summary>
    public byte[] Ping { get; } = [];

    public IPayload NewPayload(Tally tally) => _hub is not null ? new HubPayload(_hub, tally) : new MessagePayload(tally, _dialect == Dialect.Raw);

    private byte[] Message(HubMessage message) =>
        Wire.Message(_hub!.GetMessageBytes(message).Span, _hub.TransferFormat == Microsoft.AspNetCore.Connections.TransferFormat.Text);
}
