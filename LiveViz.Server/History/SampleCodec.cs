using LiveViz.Feeds;
using LiveViz.Server.Streaming;

namespace LiveViz.Server.History;

/// <summary>Samples as bytes, in the form in which frames carry them: lossless, and two to ten bytes each.</summary>
internal static class SampleCodec
{
    /// <summary>Writes samples, at least one.</summary>
    public static void Write(ByteWriter into, ReadOnlySpan<long> ticks, ReadOnlySpan<double> values, ReadOnlySpan<SampleMarks> marks)
    {
        into.VarUInt((ulong)ticks.Length);
        ColumnWriter.Times(into, ticks, 0);
        ValueWriter.Write(into, values, single: false);
        ColumnWriter.Marks(into, marks);
    }

    /// <summary>Writes a block.</summary>
    public static byte[] Block(Samples samples)
    {
        var writer = new ByteWriter();
        Write(writer, samples.Ticks, samples.Values, samples.Marks);
        return writer.Written.ToArray();
    }

    /// <summary>Reads samples, in the order in which they were written.</summary>
    public static Samples Read(ref FrameCursor cursor)
    {
        var count = cursor.Count();
        return new Samples(ColumnReader.Times(ref cursor, count, 0), ColumnReader.Values(ref cursor, count), ColumnReader.Marks(ref cursor, count));
    }

    /// <summary>Reads a block.</summary>
    public static Samples Read(ReadOnlySpan<byte> block)
    {
        var cursor = new FrameCursor(block);
        return Read(ref cursor);
    }
}
