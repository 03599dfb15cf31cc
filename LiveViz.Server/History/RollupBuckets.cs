using System.Runtime.InteropServices;

namespace LiveViz.Server.History;

/// <summary>Puts pieces of a sensor's past, in the order of time, together to buckets of a width that is counted from absolute time.</summary>
/// <param name="width">How wide a bucket is, in ticks; no piece is wider.</param>
internal sealed class RollupBuckets(long width)
{
    /// <summary>The buckets that hold samples, in the order of time.</summary>
    public List<Rollup> Done { get; } = [];

    /// <summary>Adds a piece.</summary>
    public void Add(in Rollup piece)
    {
        if (Done.Count > 0 && Done[^1].FirstTicks / width == piece.FirstTicks / width)
        {
            CollectionsMarshal.AsSpan(Done)[^1].Add(piece);
        }
        else
        {
            Done.Add(piece);
        }
    }

    /// <summary>Adds samples.</summary>
    public void Add(Samples samples)
    {
        for (var i = 0; i < samples.Count; i++)
        {
            Add(Rollup.Of(samples.Ticks[i], samples.Values[i], samples.Marks[i]));
        }
    }
}
