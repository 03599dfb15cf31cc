using CsCheck;
using LiveViz.Feeds;
using LiveViz.Server.Streaming;

namespace LiveViz.Tests.Feeds;

/// <summary>What is written is read, bit for bit.</summary>
public class FrameRoundtripTests
{
    private static readonly Gen<long> Time = Gen.Long[new DateTime(1970, 1, 1).Ticks, new DateTime(2200, 1, 1).Ticks];

    private static readonly Gen<double> Value = Gen.OneOf<double>(
        Gen.ULong.Select(BitConverter.UInt64BitsToDouble),
        Gen.OneOf(0.0, -0.0, double.NaN, double.Epsilon, -double.Epsilon, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity),
        Gen.Double[-100, 100],
        Gen.Int[-100_000, 100_000].Select(i => i / 100.0),
        Gen.Long.Select(i => i / 1000.0));

    private static readonly Gen<SampleMarks> Marks = Gen.OneOf(
        SampleMarks.None, (SampleMarks)Quality.Uncertain, (SampleMarks)Quality.Bad, SampleMarks.GapBefore, SampleMarks.GapBefore | (SampleMarks)Quality.Bad);

    private static readonly Gen<(long Ticks, double Value, SampleMarks Marks)[]> Points = Gen.OneOf<(long, double, SampleMarks)[]>(
        Gen.Select(Time, Value, Marks).Array[0, 20],
        Gen.Select(Gen.Long, Value, Marks).Array[0, 5],
        Gen.Select(Time, Gen.Long[1, 100_000_000], Gen.Int[0, 300]).Select((begin, step, count) =>
            Enumerable.Range(0, count).Select(i => (begin + i * step, i * 0.5, SampleMarks.None)).ToArray()));

    private static readonly Gen<Column> AnyColumn = Gen.Select(
        Points,
        Gen.Select(Gen.Long[1, long.MaxValue / 2], Gen.Long[0, 1L << 40]),
        Gen.Select(Time, Time, Value, Marks),
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool),
        Gen.Select(Gen.OneOf(Gen.Const(0L), Gen.Long[0, 1000]), Gen.OneOf(Gen.Const(0L), Gen.Long[1, 1000]), Gen.Enum<GapReason>(), Gen.OneOf(Gen.Const(0), Gen.Int[0, 1_000_000])),
        (points, numbers, latest, flags, rest) => new Column(points, numbers, latest, flags.Item1, flags.Item2, flags.Item3, rest));

    private static readonly Gen<AnyFrame> Frames = Gen.Select(
        Gen.Long, Time, Gen.Bool, AnyColumn.Array[0, 5], (epoch, time, refill, columns) => new AnyFrame(epoch, time, refill, columns));

    private static readonly Gen<double[]> Values = Value.Array[1, 20];

    [Fact]
    public void Frames_of_a_stream_are_read_as_written() => Frames.Array[1, 4].Sample(frames =>
    {
        var writer = new FrameWriter();
        var reader = new FrameReader();
        var named = new HashSet<int>();
        foreach (var frame in frames)
        {
            Check(frame, reader.Read(Write(writer, frame, named)));
        }
    });

    [Fact]
    public void Values_of_32_bits_are_read_as_the_nearest_there_is() => Values.Sample(values =>
    {
        var writer = new FrameWriter(single: true);
        var points = new PointBuffer(1);
        foreach (var value in values)
        {
            points.Add(Clock.Ticks(0), value, SampleMarks.None, 1);
        }

        writer.Column(new ColumnHead(0, "a") { Marks = ColumnMarks.Named, First = 1 }, points, Clock.Ticks(0));
        var read = new FrameReader().Read(writer.Finish(1, Clock.Ticks(0), isRefill: true)).Columns[0].Values;

        // What a double holds exactly in fewer bytes comes as it is.
        Assert.All(values.Zip(read), pair => Assert.True(pair.Second.Equals(pair.First) || pair.Second.Equals((float)pair.First), $"{pair}"));
    });

    [Fact]
    public void Truncated_frame_is_a_format_exception() =>
        Gen.Select(Frames, Gen.Double[0, 1]).Sample((frame, part) =>
        {
            var bytes = Write(new FrameWriter(), frame, []);
            var length = Math.Min((int)(bytes.Length * part), bytes.Length - 1);
            Assert.Throws<FormatException>(() => new FrameReader().Read(bytes[..length]));
        });

    [Fact]
    public void Damaged_frame_is_read_or_is_a_format_exception() =>
        Gen.Select(Frames, Gen.Select(Gen.Int[0, 10_000], Gen.Byte).Array[1, 5]).Sample((frame, damages) =>
        {
            var bytes = Write(new FrameWriter(), frame, []);
            foreach (var (at, value) in damages)
            {
                bytes[at % bytes.Length] = value;
            }

            ReadsOrRefuses(bytes);
        });

    [Fact]
    public void Random_bytes_are_read_or_are_a_format_exception() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Bool).Sample((bytes, isOfThisVersion) =>
        {
            if (isOfThisVersion && bytes.Length > 0)
            {
                bytes[0] = 2;
            }

            ReadsOrRefuses(bytes);
        });

    private static void ReadsOrRefuses(byte[] bytes)
    {
        try
        {
            new FrameReader().Read(bytes);
        }
        catch (FormatException)
        {
            // That and nothing else.
        }
    }

    private static byte[] Write(FrameWriter writer, AnyFrame frame, HashSet<int> named)
    {
        for (var i = 0; i < frame.Columns.Length; i++)
        {
            var column = frame.Columns[i];
            var points = new PointBuffer(1);
            foreach (var ((ticks, value, marks), n) in column.Points.Select((point, n) => (point, n)))
            {
                points.Add(ticks, value, marks, column.Sequence(n));
            }

            var head = (named.Add(i) ? ColumnMarks.Named : ColumnMarks.None)
                | (column.IsStale ? ColumnMarks.Stale : ColumnMarks.None)
                | (column.HasLatest ? ColumnMarks.HasLatest : ColumnMarks.None)
                | (column.LatestIsLast ? ColumnMarks.LatestIsLast : ColumnMarks.None)
                | (column.Rest.Missed > 0 ? ColumnMarks.HasGap : ColumnMarks.None)
                | (column.Rest.Late > 0 ? ColumnMarks.HasLate : ColumnMarks.None);
            var (received, latest, latestValue, latestMarks) = column.Newest;
            writer.Column(
                new ColumnHead(i * 1000, Id(i))
                {
                    Marks = head,
                    First = column.Numbers.First,
                    Covered = column.Numbers.Covered,
                    Late = column.Rest.Late,
                    Missed = column.Rest.Missed,
                    Reason = column.Rest.Reason,
                    ReceivedTicks = received,
                    LatestTicks = latest,
                    LatestValue = latestValue,
                    LatestMarks = latestMarks,
                },
                points,
                frame.Time);
        }

        return writer.Finish(frame.Epoch, frame.Time, frame.IsRefill);
    }

    private static void Check(AnyFrame written, Frame read)
    {
        Assert.Equal((written.Epoch, written.Time, written.IsRefill), (read.Epoch, read.Time.Ticks, read.IsRefill));
        Assert.Equal(DateTimeKind.Utc, read.Time.Kind);
        Assert.Equal(written.Columns.Length, read.Columns.Count);
        for (var i = 0; i < written.Columns.Length; i++)
        {
            Check(Id(i), written.Columns[i], read.Columns[i]);
        }
    }

    private static void Check(string id, Column written, FrameColumn read)
    {
        Assert.Equal((id, written.Numbers.First, written.Numbers.Covered), (read.SensorId, read.First, read.Covered));
        Assert.Equal((written.Rest.Late, written.Rest.Missed), (read.Late, read.Gap is { } gap ? gap.To - gap.From : 0));
        Assert.True(read.Gap is null || (read.Gap.Reason == written.Rest.Reason && read.Gap.To == written.Numbers.First));
        Assert.Equal(written.Points.Select((_, n) => written.Sequence(n)), read.Sequences);
        Assert.Equal(written.Points.Select(p => p.Ticks), read.Ticks);
        Assert.Equal(written.Points.Select(p => BitConverter.DoubleToInt64Bits(p.Value)), read.Values.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(written.Points.Select(p => p.Marks), read.Marks);
        Assert.Equal(written.IsStale, read.IsStale);
        if (!written.HasLatest)
        {
            Assert.Null(read.Latest);
            return;
        }

        var (received, ticks, value, marks) = written.Newest;
        if (written.LatestIsLast)
        {
            (ticks, value, marks) = written.Points[^1];
        }

        Assert.Equal((received, ticks), (read.Latest!.Received.Ticks, read.Latest.Timestamp.Ticks));
        Assert.Equal(double.IsNaN(value) ? null : value, read.Latest.Value);
        Assert.Equal(marks.Quality(), read.Latest.Quality);
    }

    private static string Id(int i) => i % 2 == 0 ? $"sensor-{i}" : new string('ß', 200) + "/°C 🌡 " + i;

    private sealed record AnyFrame(long Epoch, long Time, bool IsRefill, Column[] Columns);

    private sealed record Column(
        (long Ticks, double Value, SampleMarks Marks)[] Points,
        (long First, long Covered) Numbers,
        (long, long, double, SampleMarks) Newest,
        bool IsStale,
        bool HasLatest,
        bool WantsLast,
        (long Missed, long Late, GapReason Reason, int Seed) Rest)
    {
        /// <summary>One after the other, or with jumps, or in any order.</summary>
        public long Sequence(int n) => Numbers.First + n + Rest.Seed % 7 * (n / 3) * (Rest.Seed % 2 == 0 ? 1 : -1);


        // The last of the column can be the newest only where it is a time.
        public bool LatestIsLast => HasLatest && WantsLast && Points.Length > 0 && Points[^1].Ticks is > 0 and < 3_000_000_000_000_000_000;
    }
}
