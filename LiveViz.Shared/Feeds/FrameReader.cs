using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace LiveViz.Feeds;

/// <summary>
/// Reads the frames of one stream, in order, from their bytes. It keeps the ids that the stream gave numbers to,
/// so each stream has a reader of its own. The format is described in docs/frames.md.
/// </summary>
public sealed class FrameReader
{
    private const byte Version = 1;

    private readonly Dictionary<long, string> _ids = [];

    /// <summary>Reads a frame.</summary>
    /// <exception cref="FormatException">The bytes are not a frame, or one of another version.</exception>
    public Frame Read(byte[] bytes)
    {
        try
        {
            return ReadFrame(bytes);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            throw new FormatException($"The frame of {bytes.Length} bytes ends too early or is damaged.", e);
        }
    }

    private Frame ReadFrame(byte[] bytes)
    {
        var cursor = new Cursor(bytes);
        var version = cursor.Byte();
        if (version != Version)
        {
            throw new FormatException($"The frame is of version {version}; this LiveViz reads version {Version}. Use the same version on both sides.");
        }

        var isRefill = (cursor.Byte() & 1) != 0;
        var epoch = cursor.Int64();
        var time = cursor.Int64();
        var columns = new FrameColumn[cursor.Count()];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = ReadColumn(ref cursor, time);
        }

        return new Frame(epoch, Utc(time), isRefill, columns);
    }

    private FrameColumn ReadColumn(ref Cursor cursor, long frameTime)
    {
        var index = cursor.VarUInt();
        var head = (ColumnMarks)cursor.Byte();
        if ((head & ColumnMarks.Named) != 0)
        {
            _ids[index] = cursor.Text();
        }

        if (!_ids.TryGetValue(index, out var id))
        {
            throw new FormatException($"The frame speaks of sensor number {index}, which no frame before it has named.");
        }

        var first = cursor.VarUInt();
        var covered = cursor.VarUInt();
        var count = cursor.Count();
        var ticks = ReadTicks(ref cursor, count);
        var values = new double[count];
        MemoryMarshal.Cast<byte, double>(cursor.Take(count * sizeof(double))).CopyTo(values);
        var marks = ReadMarks(ref cursor, count);
        return new FrameColumn
        {
            SensorId = id,
            First = first,
            Covered = covered,
            Ticks = ticks,
            Values = values,
            Marks = marks,
            Latest = ReadLatest(ref cursor, head, frameTime, ticks, values, marks),
            IsStale = (head & ColumnMarks.Stale) != 0,
        };
    }

    private static long[] ReadTicks(ref Cursor cursor, int count)
    {
        var ticks = new long[count];
        long previous = 0, step = 0;
        for (var i = 0; i < count; i++)
        {
            // The first is absolute, the second a difference, the rest differences of differences.
            step = i == 0 ? 0 : step + cursor.VarInt();
            previous = i == 0 ? cursor.Int64() : previous + step;
            ticks[i] = previous;
        }

        return ticks;
    }

    private static SampleMarks[] ReadMarks(ref Cursor cursor, int count)
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

    private static LatestSample? ReadLatest(
        ref Cursor cursor, ColumnMarks head, long frameTime, long[] ticks, double[] values, SampleMarks[] marks)
    {
        if ((head & ColumnMarks.HasLatest) == 0)
        {
            return null;
        }

        var received = Utc(frameTime - cursor.VarInt());
        if ((head & ColumnMarks.LatestIsLast) != 0)
        {
            return Latest(ticks[^1], values[^1], marks[^1], received);
        }

        var timestamp = frameTime - cursor.VarInt();
        var value = BitConverter.Int64BitsToDouble(cursor.Int64());
        return Latest(timestamp, value, (SampleMarks)cursor.Byte(), received);
    }

    private static LatestSample Latest(long ticks, double value, SampleMarks marks, DateTime received) =>
        new(Utc(ticks), double.IsNaN(value) ? null : value, marks.Quality(), received);

    private static DateTime Utc(long ticks) => new(ticks, DateTimeKind.Utc);

    private ref struct Cursor(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public ReadOnlySpan<byte> Take(int count)
        {
            var taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }

        public byte Byte() => Take(1)[0];

        public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

        public long VarUInt()
        {
            long value = 0;
            for (var shift = 0; shift < 64; shift += 7)
            {
                var next = Byte();
                value |= (long)(next & 0x7f) << shift;
                if (next < 0x80)
                {
                    return value;
                }
            }

            throw new OverflowException("A number is longer than 64 bits.");
        }

        public long VarInt()
        {
            var zigzag = (ulong)VarUInt();
            return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
        }

        /// <summary>A number of things that follow, each of a byte or more: never more than there are bytes.</summary>
        public int Count() => Count(_rest.Length);

        /// <summary>A number of things of which there can be no more than <paramref name="most"/>.</summary>
        public int Count(int most)
        {
            var count = VarUInt();
            return count >= 0 && count <= most ? (int)count : throw new OverflowException("A count is out of bounds.");
        }

        public string Text() => Encoding.UTF8.GetString(Take(Count()));
    }
}
