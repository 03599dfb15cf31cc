using System.Net.WebSockets;
using LiveViz.Server.Streaming;

namespace LiveViz.FanOut.Serving;

/// <summary>
/// The frames that the hub gives, straight into a WebSocket of Kestrel: what SignalR costs is the difference.
/// </summary>
internal static class RawFrames
{
    public static async Task ServeAsync(
        HttpContext context, double windowSeconds, int width, double framesPerSecond, bool single,
        FrameChannels channels, SensorLog log, StreamMetrics metrics, TimeProvider time)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var request = new FrameRequest { WindowSeconds = windowSeconds, Width = width, FramesPerSecond = framesPerSecond, SinglePrecision = single };
        try
        {
            await foreach (var frame in new FrameSubscription(channels, log, time, metrics, request).ReadAsync(context.RequestAborted))
            {
                await socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, context.RequestAborted);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The client is gone.
        }
    }
}
