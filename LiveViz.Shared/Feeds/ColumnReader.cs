using System.Runtime.InteropServices;

namespace LiveViz.Feeds;

/// <summary>Reads the parts of a column: one array each.</summary>
internal static class ColumnReader
{
    public static long[] Sequences(ref FrameCursor cursor, int count, long first)
    {
        var sequences = new long[count];
        // In a column without points there is nothing to say of their sequences.
        var jumps = count == 0 ? 0 : cursor.Count(count);
        var run = jumps > 0 ? cursor.Count(count) : -1;
        for (var i = 0; i < count; i++)
        {
            sequences[i] = i == 0 ? first : sequences[i - 1] + 1;
            if (run-- == 0)
            {
                sequences[i] += cursor.VarInt();
                run = --jumps > 0 ? cursor.Count(count) : -1;
            }
        }

        return jumps <= 0 ? sequences : throw new OverflowException("Sequences are said of more points than there are.");
    }

    public static long[] Times(ref FrameCursor cursor, int count, long frameTime)
    {
        var ticks = new long[count];
        long step = 0;
        for (var i = 0; i < count; i++)
        {
            // The first from the frame's time, the second from the first, then differences of differences.
            step = i == 0 ? 0 : step + cursor.VarInt();
            ticks[i] = i == 0 ? frameTime - cursor.VarInt() : ticks[i - 1] + step;
        }

        return ticks;
    }

    public static double[] Values(ref FrameCursor cursor, int count)
    {
        var values = new double[count];
        if (count == 0)
        {
            return values;
        }

        var form = cursor.Byte();
        switch (form)
        {
            case ValueForm.Double:
                MemoryMarshal.Cast<byte, double>(cursor.Take(count * sizeof(double))).CopyTo(values);
                break;
            case ValueForm.Single:
                var narrow = MemoryMarshal.Cast<byte, float>(cursor.Take(count * sizeof(float)));
                for (var i = 0; i < count; i++)
                {
                    values[i] = narrow[i];
                }

                break;
            case <= ValueForm.MostDecimals:
                long whole = 0;
                for (var i = 0; i < count; i++)
                {
                    whole += cursor.VarInt();
                    values[i] = whole / ValueForm.Powers[form];
                }

                break;
            default:
                throw new FormatException($"The frame has values of form {form}, which this LiveViz does not know.");
        }

        return values;
    }

    public static SampleMarks[] Marks(ref FrameCursor cursor, int count)
    {
        var marks = new SampleMarks[count];
        for (var at = 0; at < count;)
        {
            var mark = (SampleMarks)cursor.Byte();
            var run = cursor.Count(count - at);
            marks.AsSpan(at, run).Fill(mark);
            at += run;
        }

        return marks;
    }
}
