namespace LiveViz.Feeds;

/// <summary>How the connection of a feed stands.</summary>
/// <param name="State">The state.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Problem">Why it is not connected, in words for a person; empty while it is.</param>
public sealed record FeedConnection(FeedState State, DateTime Since, string Problem = "");
