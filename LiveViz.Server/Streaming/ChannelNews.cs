namespace LiveViz.Server.Streaming;

/// <summary>What is new of a channel's sensors; the parts of a <see cref="SharedFrame"/>.</summary>
internal readonly record struct ChannelNews(
    byte[][] Parts, long[] Ends, bool IsFirst, bool NeedsRefill, long Placed, FrameAccount Account)
{
    /// <summary>Whether there is any.</summary>
    public bool HasAny => IsFirst || NeedsRefill || Parts.Length > 0;
}
