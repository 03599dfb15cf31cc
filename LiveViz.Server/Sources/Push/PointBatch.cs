using System.Runtime.InteropServices;

namespace LiveViz.Server.Sources.Push;

/// <summary>What a reader has found.</summary>
internal sealed class PointBatch
{
    private readonly List<DataPoint> _points = [];

    /// <summary>How many samples there are.</summary>
    public int Count => _points.Count;

    /// <summary>How many texts stood in the place of a value since this was made; they are no samples.</summary>
    public long Texts { get; set; }

    /// <summary>The samples, until the next is added.</summary>
    public ReadOnlySpan<DataPoint> Points => CollectionsMarshal.AsSpan(_points);

    /// <summary>Adds a sample.</summary>
    public void Add(in DataPoint point) => _points.Add(point);

    /// <summary>Drops all samples but the first of them.</summary>
    public void Truncate(int count) => CollectionsMarshal.SetCount(_points, count);

    /// <summary>Says when the samples from one on were measured.</summary>
    public void Stamp(int from, DateTime time)
    {
        foreach (ref var point in CollectionsMarshal.AsSpan(_points)[from..])
        {
            point = point with { Timestamp = time };
        }
    }
}
