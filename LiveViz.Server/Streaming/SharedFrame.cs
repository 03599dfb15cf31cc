using System.Collections.Concurrent;

namespace LiveViz.Server.Streaming;

/// <summary>The news of one moment, encoded once for all readers of a channel.</summary>
/// <param name="Number">Which of the channel's frames it is, counted from 1.</param>
/// <param name="Ticks">When it was made.</param>
/// <param name="Parts">The bytes: several frames where one would be too long.</param>
/// <param name="Ends">
/// For each sensor, in the channel's order, the sequence up to before which a reader has been given samples, once it
/// has this: where it would go on.
/// </param>
/// <param name="NeedsRefill">True where samples came late: the reader's window is given anew in this frame's place.</param>
/// <param name="Account">What the parts stand for.</param>
internal sealed record SharedFrame(long Number, long Ticks, byte[][] Parts, long[] Ends, bool NeedsRefill, FrameAccount Account)
{
    private readonly ConcurrentDictionary<long, Lazy<(byte[][] Parts, FrameAccount Account)>> _fills = new();

    /// <summary>The frames of a window of so many ticks up to this one, written for the first who asks for them.</summary>
    public (byte[][] Parts, FrameAccount Account) FillOnce(long window, Func<(byte[][] Parts, FrameAccount Account)> write) =>
        _fills.GetOrAdd(window, _ => new(write)).Value;
}
