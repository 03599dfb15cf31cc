using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using LiveViz.Feeds;

namespace LiveViz.Server.Streaming;

/// <summary>
/// Writes frames as bytes: what <see cref="FrameReader"/> reads, described in docs/frames.md. Times are
/// differences of differences, which are a byte each at a steady rate; a value is its eight bytes.
/// </summary>
internal sealed class FrameWriter
{
    private const byte Version = 1;
    private const int LongestVarInt = 10;

    // The head is written last, when the number of columns is known.
    private readonly ArrayBufferWriter<byte> _columns = new(1024);
    private int _count;

    /// <summary>How many columns the frame has so far.</summary>
    public int Count => _count;

    /// <summary>How many bytes they take.</summary>
    public int Length => _columns.WrittenCount;

    /// <summary>Writes a column.</summary>
    public void Column(in ColumnHead head, SampleBuffer points, long frameTicks)
    {
        _count++;
        VarUInt((ulong)head.Index);
        Byte((byte)head.Marks);
        if ((head.Marks & ColumnMarks.Named) != 0)
        {
            var id = Encoding.UTF8.GetBytes(head.Id);
            VarUInt((ulong)id.Length);
            _columns.Write(id);
        }

        VarUInt((ulong)head.First);
        VarUInt((ulong)head.Covered);
        VarUInt((ulong)points.Count);
        Ticks(points);
        _columns.Write(MemoryMarshal.AsBytes(points.Values.AsSpan(0, points.Count)));
        Marks(points);
        if ((head.Marks & ColumnMarks.HasLatest) != 0)
        {
            VarInt(frameTicks - head.ReceivedTicks);
            if ((head.Marks & ColumnMarks.LatestIsLast) == 0)
            {
                VarInt(frameTicks - head.LatestTicks);
                Int64(BitConverter.DoubleToInt64Bits(head.LatestValue));
                Byte((byte)head.LatestMarks);
            }
        }
    }

    /// <summary>Ends the frame and begins the next.</summary>
    public byte[] Finish(long epoch, long frameTicks, bool isRefill)
    {
        var columns = _columns.WrittenSpan.ToArray();
        var count = _count;
        Clear();
        Byte(Version);
        Byte(isRefill ? (byte)1 : (byte)0);
        Int64(epoch);
        Int64(frameTicks);
        VarUInt((ulong)count);
        var frame = new byte[_columns.WrittenCount + columns.Length];
        _columns.WrittenSpan.CopyTo(frame);
        columns.CopyTo(frame, _columns.WrittenCount);
        Clear();
        return frame;
    }

    private void Clear()
    {
        _columns.ResetWrittenCount();
        _count = 0;
    }

    private void Ticks(SampleBuffer points)
    {
        long previous = 0, step = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var ticks = points.Ticks[i];
            if (i == 0)
            {
                Int64(ticks);
            }
            else
            {
                var next = ticks - previous;
                VarInt(next - step);
                step = next;
            }

            previous = ticks;
        }
    }

    private void Marks(SampleBuffer points)
    {
        for (var at = 0; at < points.Count;)
        {
            var mark = points.Marks[at];
            var end = at + 1;
            while (end < points.Count && points.Marks[end] == mark)
            {
                end++;
            }

            Byte((byte)mark);
            VarUInt((ulong)(end - at));
            at = end;
        }
    }

    private void Byte(byte value)
    {
        _columns.GetSpan(1)[0] = value;
        _columns.Advance(1);
    }

    private void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_columns.GetSpan(sizeof(long)), value);
        _columns.Advance(sizeof(long));
    }

    private void VarInt(long value) => VarUInt((ulong)((value << 1) ^ (value >> 63)));

    private void VarUInt(ulong value)
    {
        var span = _columns.GetSpan(LongestVarInt);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        _columns.Advance(length);
    }
}
