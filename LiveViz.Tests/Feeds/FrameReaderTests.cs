using LiveViz.Feeds;
using LiveViz.Server.Streaming;

namespace LiveViz.Tests.Feeds;

public class FrameReaderTests
{
    [Fact]
    public void Frame_of_another_version_is_refused_and_says_so()
    {
        var bytes = new FrameWriter().Finish(1, Clock.Ticks(0), isRefill: false);
        bytes[0] = 2;

        var refusal = Assert.Throws<FormatException>(() => new FrameReader().Read(bytes));

        Assert.Contains("version 2", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("version 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Column_of_a_sensor_never_named_is_refused()
    {
        var writer = new FrameWriter();
        writer.Column(new ColumnHead(7, "a", ColumnMarks.None, 1, 0, 0, 0, 0, 0), new SampleBuffer(1), Clock.Ticks(0));

        var refusal = Assert.Throws<FormatException>(() => new FrameReader().Read(writer.Finish(1, Clock.Ticks(0), isRefill: false)));

        Assert.Contains("number 7", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Newest_being_the_last_of_no_points_is_refused()
    {
        var writer = new FrameWriter();
        writer.Column(
            new ColumnHead(0, "a", ColumnMarks.Named | ColumnMarks.HasLatest | ColumnMarks.LatestIsLast, 1, 0, Clock.Ticks(0), 0, 0, 0),
            new SampleBuffer(1),
            Clock.Ticks(0));

        Assert.Throws<FormatException>(() => new FrameReader().Read(writer.Finish(1, Clock.Ticks(0), isRefill: false)));
    }

    [Fact]
    public void Empty_bytes_are_refused() => Assert.Throws<FormatException>(() => new FrameReader().Read([]));

    [Fact]
    public void Count_beyond_the_bytes_takes_no_memory()
    {
        // A head that promises 16 million columns, and a column that promises as many points.
        byte[] head = [1, 0, .. new byte[16]];
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
    public void Steady_samples_take_nine_bytes_each()
    {
        var writer = new FrameWriter();
        var points = new SampleBuffer(1000);
        for (var i = 0; i < 1000; i++)
        {
            points.Add(Clock.Ticks(i * 0.01), Math.Sin(i), SampleMarks.None);
        }

        writer.Column(new ColumnHead(0, "a", ColumnMarks.Named, 1, 1000, 0, 0, 0, 0), points, Clock.Ticks(10));

        Assert.InRange(writer.Finish(1, Clock.Ticks(10), isRefill: true).Length, 9000, 9100);
    }
}
