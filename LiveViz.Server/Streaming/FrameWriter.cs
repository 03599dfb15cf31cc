using System.Text;
using LiveViz.Feeds;

namespace LiveViz.Server.Streaming;

/// <summary>
/// Writes frames as bytes: what <see cref="FrameReader"/> reads, described in docs/frames.md. Times are
/// differences of differences, which are a byte each at a steady rate, and nothing where sensors are read together.
/// </summary>
/// <param name="bucketTicks">To which time buckets the frames are reduced, in ticks; 0 for every sample.</param>
/// <param name="single">Whether values of 32 bits will do.</param>
internal sealed class FrameWriter(long bucketTicks = 0, bool single = false)
{
    private const byte Version = 2;

    // The head is written last, when the number of columns is known.
    private readonly ByteWriter _columns = new();
    private readonly ByteWriter _head = new();
    private long[] _times = [];
    private int _timesCount;

    /// <summary>How many columns the frame has so far.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes they take.</summary>
    public int Length => _columns.Length;

    /// <summary>Writes a column.</summary>
    public void Column(in ColumnHead head, PointBuffer points, long frameTicks)
    {
        var marks = head.Marks | (HasSameTimes(points.Ticks) ? ColumnMarks.SameTimes : ColumnMarks.None);
        Count++;
        Head(head, marks);
        _columns.VarUInt((ulong)points.Count);
        if (points.Count > 0)
        {
            Sequences(points.Sequences, head.First);
            if ((marks & ColumnMarks.SameTimes) == 0)
            {
                ColumnWriter.Times(_columns, points.Ticks, frameTicks);
            }

            ValueWriter.Write(_columns, points.Values, single);
            ColumnWriter.Marks(_columns, points.Marks);
        }

        if ((marks & ColumnMarks.HasLatest) != 0)
        {
            Latest(head, marks, frameTicks);
        }
    }

    /// <summary>Ends the frame and begins the next.</summary>
    public byte[] Finish(long epoch, long frameTicks, bool isRefill)
    {
        _head.Clear();
        _head.Byte(Version);
        _head.Byte(isRefill ? (byte)1 : (byte)0);
        _head.Int64(epoch);
        _head.Int64(frameTicks);
        _head.VarUInt((ulong)bucketTicks);
        _head.VarUInt((ulong)Count);
        var frame = new byte[_head.Length + _columns.Length];
        _head.Written.CopyTo(frame);
        _columns.Written.CopyTo(frame.AsSpan(_head.Length));
        _columns.Clear();
        _timesCount = 0;
        Count = 0;
        return frame;
    }

    private void Head(in ColumnHead head, ColumnMarks marks)
    {
        _columns.VarUInt((ulong)head.Index);
        _columns.Byte((byte)marks);
        if ((marks & ColumnMarks.Named) != 0)
        {
            var id = Encoding.UTF8.GetBytes(head.Id);
            _columns.VarUInt((ulong)id.Length);
            _columns.Bytes(id);
        }

        if ((marks & ColumnMarks.Continues) == 0)
        {
            _columns.VarUInt((ulong)head.First);
        }

        if ((marks & ColumnMarks.HasGap) != 0)
        {
            _columns.VarUInt((ulong)head.Missed);
            _columns.Byte((byte)head.Reason);
        }

        _columns.VarUInt((ulong)head.Covered);
        if ((marks & ColumnMarks.HasLate) != 0)
        {
            _columns.VarUInt((ulong)head.Late);
        }
    }

    /// <summary>Only where they do not follow one another: after how many that do, and by how much.</summary>
    private void Sequences(ReadOnlySpan<long> sequences, long first)
    {
        var jumps = 0;
        for (var i = 0; i < sequences.Length; i++)
        {
            jumps += sequences[i] == (i == 0 ? first : sequences[i - 1] + 1) ? 0 : 1;
        }

        _columns.VarUInt((ulong)jumps);
        for (int i = 0, run = 0; jumps > 0; i++, run++)
        {
            var expected = i == 0 ? first : sequences[i - 1] + 1;
            if (sequences[i] != expected)
            {
                _columns.VarUInt((ulong)run);
                _columns.VarInt(sequences[i] - expected);
                run = -1;
                jumps--;
            }
        }
    }

    private bool HasSameTimes(ReadOnlySpan<long> ticks)
    {
        // A column without points has no times, and leaves those before it standing.
        if (ticks.Length == 0 || ticks.SequenceEqual(_times.AsSpan(0, _timesCount)))
        {
            return ticks.Length > 0;
        }

        if (_times.Length < ticks.Length)
        {
            _times = new long[Math.Max(16, 2 * ticks.Length)];
        }

        ticks.CopyTo(_times);
        _timesCount = ticks.Length;
        return false;
    }

    private void Latest(in ColumnHead head, ColumnMarks marks, long frameTicks)
    {
        _columns.VarInt(frameTicks - head.ReceivedTicks);
        if ((marks & ColumnMarks.LatestIsLast) == 0)
        {
            _columns.VarInt(frameTicks - head.LatestTicks);
            ValueWriter.Write(_columns, [head.LatestValue], single);
            _columns.Byte((byte)head.LatestMarks);
        }
    }
}
