namespace LiveViz.Feeds;

/// <summary>How the connection of a feed stands.</summary>
public enum FeedState
{
    /// <summary>Not connected yet; it is tried until it works.</summary>
    Connecting,

    /// <summary>Connected.</summary>
    Connected,

    /// <summary>Was connected, and is tried again until it works.</summary>
    Reconnecting,
}
