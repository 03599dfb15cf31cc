namespace LiveViz.Feeds;

/// <summary>The server does not serve a request, and will not however often it is asked.</summary>
public sealed class FeedRefusedException(string message, Exception inner) : Exception(message, inner);
