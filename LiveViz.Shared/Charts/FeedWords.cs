using LiveViz.Feeds;

namespace LiveViz.Charts;

/// <summary>What lies over a picture that is not live.</summary>
internal static class FeedWords
{
    /// <summary>Stands where a picture failed for a reason of its own.</summary>
    public const string Failed = "This could not be drawn. It is tried again.";

    /// <summary>Why a picture is not live; null where it is.</summary>
    /// <param name="state">How the connection stands.</param>
    /// <param name="lastFrame">When the newest frame was made, UTC; the default before the first.</param>
    /// <param name="clock">The viewer's clock.</param>
    public static string? For(FeedState state, DateTime lastFrame, ViewerClock clock) => (state, lastFrame == default) switch
    {
        (FeedState.Connected, true) => "Waiting for sensors",
        (FeedState.Connected, false) => null,
        (_, true) => "Connecting to the sensors",
        _ => $"Reconnecting. This is the picture of {clock.Time(lastFrame)}",
    };
}
