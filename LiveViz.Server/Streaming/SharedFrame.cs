using System.Collections.Concurrent;

namespace LiveViz.Server.Streaming;

/// <summary>The news of one moment, encoded once for all readers of a channel.</summary>
/// <param name="Number">Which of the channel's frames it is, counted from 1.</param>
/// <param name="Made">When it was made, in ticks of a clock that nobody sets.</param>
/// <param name="Parts">The bytes: several frames where one would be too long.</param>
/// <param name="Ends">
/// For each sensor, in the channel's order, the sequence up to before which a reader has been given samples, once it
/// has this: where it would go on.
/// </param>
/// <param name="NeedsRefill">True where samples came late: the reader's window is given anew in this frame's place.</param>
/// <param name="Placed">How many late samples have been put in their place up to this frame.</param>
/// <param name="Account">What the parts stand for.</param>
internal sealed record SharedFrame(long Number, long Made, byte[][] Parts, long[] Ends, bool NeedsRefill, long Placed, FrameAccount Account)
{
    // Whoever opens a page opens one of a few windows. More are somebody's play, and not kept.
    private const int MostFills = 4;

    private ConcurrentDictionary<long, Lazy<(byte[][] Parts, FrameAccount Account)>> _fills = new();

    /// <summary>
    /// The frames of a window of so many ticks up to this one, written for the first who asks for them, and kept for
    /// others who come while this is the newest frame.
    /// </summary>
    public (byte[][] Parts, FrameAccount Account) FillOnce(long window, Func<(byte[][] Parts, FrameAccount Account)> write)
    {
        var fills = Volatile.Read(ref _fills);
        return fills.Count >= MostFills && !fills.ContainsKey(window) ? write() : fills.GetOrAdd(window, _ => new(write)).Value;
    }

    /// <summary>Keeps no filled windows any longer.</summary>
    public void ForgetFills() => Volatile.Write(ref _fills, new());
}
