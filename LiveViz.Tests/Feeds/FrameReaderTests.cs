using LiveViz.Feeds;
using LiveViz.Server.Streaming;

namespace LiveViz.Tests.Feeds;

public class FrameReaderTests
{
    [Fact]
    public void Frame_of_another_version_is_refused_and_says_so()
    {
        var bytes = new FrameWriter().Finish(1, Clock.Ticks(0), isRefill: false);
        bytes[0] = 1;

        var refusal = Assert.Throws<FormatException>(() => new FrameReader().Read(bytes));

        Assert.Contains("version 1", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("version 2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Column_of_a_sensor_never_named_is_refused()
    {
        var writer = new FrameWriter();
        writer.Column(new ColumnHead(7, "a") { First = 1 }, new PointBuffer(1), Clock.Ticks(0));

        var refusal = Assert.Throws<FormatException>(() => new FrameReader().Read(writer.Finish(1, Clock.Ticks(0), isRefill: false)));

        Assert.Contains("number 7", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Newest_being_the_last_of_no_points_is_refused()
    {
        var writer = new FrameWriter();
        writer.Column(
            new ColumnHead(0, "a") { Marks = ColumnMarks.Named | ColumnMarks.HasLatest | ColumnMarks.LatestIsLast, First = 1, ReceivedTicks = Clock.Ticks(0) },
            new PointBuffer(1),
            Clock.Ticks(0));

        Assert.Throws<FormatException>(() => new FrameReader().Read(writer.Finish(1, Clock.Ticks(0), isRefill: false)));
    }

    [Fact]
    public void Empty_bytes_are_refused() => Assert.Throws<FormatException>(() => new FrameReader().Read([]));

    [Fact]
    public void Count_beyond_the_bytes_takes_no_memory()
    {
        // A head that promises 16 million columns, and a column that promises as many points.
        byte[] head = [2, 0, .. new byte[17]];
        byte[] many = [0xff, 0xff, 0xff, 0x07];
        byte[] column = [.. head, 1, 0, 1, 1, (byte)'a', 1, 0, .. many, .. new byte[30]];
        Refuse([.. head, .. many, .. new byte[30]]);
        Refuse(column);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Refuse([.. head, .. many, .. new byte[30]]);
        Refuse(column);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);

        static void Refuse(byte[] bytes) => Assert.Throws<FormatException>(() => new FrameReader().Read(bytes));
    }

    [Fact]
    public void Steady_samples_take_nine_bytes_each() => Assert.InRange(LengthOf(i => Math.Sin(i)), 9000, 9100);

    [Fact]
    public void Steady_decimals_take_three_bytes_each() =>
        Assert.InRange(LengthOf(i => Math.Round(20 + 10 * Math.Sin(i), 2)), 2500, 3100);

    [Fact]
    public void Values_of_32_bits_take_five_bytes_each() => Assert.InRange(LengthOf(i => Math.Sin(i), single: true), 5000, 5100);

    [Fact]
    public void Sensors_read_together_share_their_times()
    {
        var writer = new FrameWriter();
        var points = Points(i => Math.Sin(i));
        writer.Column(new ColumnHead(0, "a") { Marks = ColumnMarks.Named, First = 1, Covered = 1000 }, points, Clock.Ticks(10));
        writer.Column(new ColumnHead(1, "b") { Marks = ColumnMarks.Named, First = 1, Covered = 1000 }, points, Clock.Ticks(10));

        var bytes = writer.Finish(1, Clock.Ticks(10), isRefill: true);
        var frame = new FrameReader().Read(bytes);

        Assert.InRange(bytes.Length, 17_000, 17_200);
        Assert.All(frame.Columns, column => Assert.Equal(points.Ticks.ToArray(), column.Ticks));
    }

    [Fact]
    public void Column_goes_on_where_the_one_before_ended()
    {
        var writer = new FrameWriter();
        var reader = new FrameReader();
        writer.Column(new ColumnHead(0, "a") { Marks = ColumnMarks.Named, First = 5, Covered = 3 }, new PointBuffer(1), Clock.Ticks(0));
        reader.Read(writer.Finish(1, Clock.Ticks(0), isRefill: true));

        writer.Column(new ColumnHead(0, "a") { Marks = ColumnMarks.Continues, Covered = 2 }, new PointBuffer(1), Clock.Ticks(1));
        var column = Assert.Single(reader.Read(writer.Finish(1, Clock.Ticks(1), isRefill: false)).Columns);

        Assert.Equal(("a", 8, 2), (column.SensorId, column.First, column.Covered));
    }

    private static int LengthOf(Func<int, double> value, bool single = false)
    {
        var writer = new FrameWriter(single: single);
        writer.Column(new ColumnHead(0, "a") { Marks = ColumnMarks.Named, First = 1, Covered = 1000 }, Points(value), Clock.Ticks(10));
        return writer.Finish(1, Clock.Ticks(10), isRefill: true).Length;
    }

    private static PointBuffer Points(Func<int, double> value)
    {
        var points = new PointBuffer(1000);
        for (var i = 0; i < 1000; i++)
        {
            points.Add(Clock.Ticks(i * 0.01), value(i), SampleMarks.None, i + 1);
        }

        return points;
    }
}
