namespace LiveViz.Feeds;

/// <summary>
/// Reads the frames of one stream, in order, from their bytes. It keeps which number stands for which sensor, and
/// where its samples go on, so each stream has a reader of its own. The format is described in docs/frames.md.
/// </summary>
public sealed class FrameReader
{
    private const byte Version = 2;

    private readonly Dictionary<long, (string Id, long Next)> _sensors = [];
    private long[] _timesBefore = [];

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
        var cursor = new FrameCursor(bytes);
        var version = cursor.Byte();
        if (version != Version)
        {
            throw new FormatException($"The frame is of version {version}; this LiveViz reads version {Version}. Use the same version on both sides.");
        }

        var isRefill = (cursor.Byte() & 1) != 0;
        var epoch = cursor.Int64();
        var time = cursor.Int64();
        var bucket = cursor.VarUInt();
        var columns = new FrameColumn[cursor.Count()];
        _timesBefore = [];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = ReadColumn(ref cursor, time);
        }

        return new Frame(epoch, Utc(time), isRefill, new TimeSpan(bucket), columns);
    }

    private FrameColumn ReadColumn(ref FrameCursor cursor, long frameTime)
    {
        var number = cursor.VarUInt();
        var head = (ColumnMarks)cursor.Byte();
        var id = (head & ColumnMarks.Named) != 0 ? cursor.Text() : null;
        if (id is null || (head & ColumnMarks.Continues) != 0)
        {
            if (!_sensors.TryGetValue(number, out var known))
            {
                throw new FormatException($"The frame speaks of sensor number {number}, which no frame before it has named.");
            }

            id ??= known.Id;
        }

        var first = (head & ColumnMarks.Continues) != 0 ? _sensors[number].Next : cursor.VarUInt();
        var gap = (head & ColumnMarks.HasGap) != 0 ? new SampleGap(first - cursor.VarUInt(), first, (GapReason)cursor.Byte()) : null;
        var covered = cursor.VarUInt();
        var late = (head & ColumnMarks.HasLate) != 0 ? cursor.VarUInt() : 0;
        var count = cursor.Count();
        var sequences = ColumnReader.Sequences(ref cursor, count, first);
        var ticks = ReadTicks(ref cursor, count, frameTime, (head & ColumnMarks.SameTimes) != 0);
        var values = ColumnReader.Values(ref cursor, count);
        var marks = ColumnReader.Marks(ref cursor, count);
        _sensors[number] = (id, first + covered);
        return new FrameColumn
        {
            SensorId = id,
            Number = number,
            First = first,
            Covered = covered,
            Late = late,
            Gap = gap,
            Ticks = ticks,
            Values = values,
            Marks = marks,
            Sequences = sequences,
            Latest = ReadLatest(ref cursor, head, frameTime, ticks, values, marks),
            IsStale = (head & ColumnMarks.Stale) != 0,
        };
    }

    private long[] ReadTicks(ref FrameCursor cursor, int count, long frameTime, bool areSame)
    {
        if (count == 0)
        {
            return [];
        }

        if (!areSame)
        {
            return _timesBefore = ColumnReader.Times(ref cursor, count, frameTime);
        }

        return _timesBefore.Length == count ? _timesBefore : throw new OverflowException("The column before has not as many times.");
    }

    private static LatestSample? ReadLatest(
        ref FrameCursor cursor, ColumnMarks head, long frameTime, long[] ticks, double[] values, SampleMarks[] marks)
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
        var value = ColumnReader.Values(ref cursor, 1)[0];
        return Latest(timestamp, value, (SampleMarks)cursor.Byte(), received);
    }

    private static LatestSample Latest(long ticks, double value, SampleMarks marks, DateTime received) =>
        new(Utc(ticks), double.IsNaN(value) ? null : value, marks.Quality(), received);

    private static DateTime Utc(long ticks) => new(ticks, DateTimeKind.Utc);
}
