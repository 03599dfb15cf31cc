using LiveViz.Feeds;
using LiveViz.Server.Streaming;

namespace LiveViz.Server.History;

/// <summary>An entry of the journal as bytes: samples of several sensors, each as they came.</summary>
internal static class JournalEntry
{
    /// <summary>Writes one.</summary>
    /// <param name="into">Where; what it holds is written over.</param>
    /// <param name="parts">Numbers of sensors in the store, and at least one sample of each.</param>
    public static byte[] Write(ByteWriter into, IReadOnlyCollection<(int Number, SampleList Samples)> parts)
    {
        into.Clear();
        into.VarUInt((ulong)parts.Count);
        foreach (var (number, samples) in parts)
        {
            into.VarUInt((ulong)number);
            SampleCodec.Write(into, samples.Ticks, samples.Values, samples.Marks);
        }

        return into.Written.ToArray();
    }

    /// <summary>Reads one.</summary>
    public static List<(int Number, Samples Samples)> Read(ReadOnlySpan<byte> data)
    {
        var cursor = new FrameCursor(data);
        var parts = new List<(int, Samples)>();
        for (var rest = cursor.Count(); rest > 0; rest--)
        {
            parts.Add(((int)cursor.VarUInt(), SampleCodec.Read(ref cursor)));
        }

        return parts;
    }
}
