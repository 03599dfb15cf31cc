using LiveViz.Feeds;

namespace LiveViz.Server.Streaming;

/// <summary>Writes the parts of a column: what <see cref="ColumnReader"/> reads.</summary>
internal static class ColumnWriter
{
    /// <summary>
    /// Times as differences of differences, which are a byte each at a steady rate; the first as its distance before
    /// <paramref name="origin"/>.
    /// </summary>
    public static void Times(ByteWriter into, ReadOnlySpan<long> ticks, long origin)
    {
        into.VarInt(origin - ticks[0]);
        long step = 0;
        for (var i = 1; i < ticks.Length; i++)
        {
            var next = ticks[i] - ticks[i - 1];
            into.VarInt(next - step);
            step = next;
        }
    }

    /// <summary>Marks as runs.</summary>
    public static void Marks(ByteWriter into, ReadOnlySpan<SampleMarks> marks)
    {
        for (var at = 0; at < marks.Length;)
        {
            var rest = marks[at..];
            var run = rest.IndexOfAnyExcept(marks[at]);
            run = run < 0 ? rest.Length : run;
            into.Byte((byte)marks[at]);
            into.VarUInt((ulong)run);
            at += run;
        }
    }
}
