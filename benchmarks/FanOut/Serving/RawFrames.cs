using System.Net.WebSockets;
using LiveViz.Server.Streaming;

namespace LiveViz.FanOut.Serving;

/// <summary>
/// The frames that the hub gives, straight into a WebSocket of Kestrel: what SignalR costs is the difference.
/// </summary>
internal static class RawFrames
{
    public static async Task ServeAsync(
        HttpContext context, double windowSeconds, int width, double framesPerSecond, SensorLog log, TimeProvider time)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var request = new FrameRequest { WindowSeconds = windowSeconds, Width = width, FramesPerSecond = framesPerSecond };
        try
        {
            await foreach (var frame in Frames(log, time, request, context.RequestAborted))
            {
                await socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, context.RequestAborted);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The client is gone.
        }
    }

    /// <summary>The very frames that the hub's StreamFrames gives.</summary>
    private static IAsyncEnumerable<byte[]> Frames(
        SensorLog log, TimeProvider time, FrameRequest request, CancellationToken cancellationToken) =>
        new FrameStream(log, time, request).ReadAsync(cancellationToken);
}
