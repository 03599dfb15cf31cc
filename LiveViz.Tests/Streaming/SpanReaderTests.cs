using LiveViz.Feeds;
using LiveViz.Server.History;
using LiveViz.Server.Streaming;

namespace LiveViz.Tests.Streaming;

public class SpanReaderTests
{
    private readonly SensorLog _log = TestLog.New(megabytes: 2);

    [Fact]
    public void Span_gives_every_sample_in_it_and_no_other()
    {
        Fill(_log.Open(), 10_000);

        var frame = Read(10, 12, width: 0);
        var column = Assert.Single(frame.Columns);

        Assert.True(frame.IsRefill);
        Assert.Equal(Enumerable.Range(1000, 201).Select(i => (double)i), column.Values);
        Assert.Equal((1001, 201, null), (column.First, column.Covered, column.Gap));
        Assert.Equal(TimeSpan.Zero, frame.Bucket);
    }

    [Fact]
    public void Span_is_reduced_to_its_width_and_keeps_its_extremes()
    {
        var series = _log.Open();
        Fill(series, 5000);
        series.Append(50, -1e6);
        series.Append(50.01, 1e6);

        var frame = Read(0, 60, width: 240);
        var column = Assert.Single(frame.Columns);

        Assert.Equal(TimeSpan.FromSeconds(1), frame.Bucket);
        Assert.InRange(column.Values.Length, 100, 240);
        Assert.Equal((-1e6, 1e6), (column.Values.Min(), column.Values.Max()));
        Assert.Equal(5002, column.Covered);
    }

    [Fact]
    public void Late_samples_stand_in_their_place()
    {
        var series = _log.Open();
        series.Append(1, 1);
        series.Append(3, 3);
        series.Append(2, 2);
        series.Append(99, 99);
        series.Append(4, 4);

        Assert.Equal([1.0, 2, 3, 4], Assert.Single(Read(0, 50, width: 0).Columns).Values);
    }

    [Fact]
    public void What_the_log_no_longer_holds_of_a_span_is_a_stated_gap()
    {
        var log = TestLog.New();
        var series = log.Open();
        Fill(series, 200_000);

        var gone = Assert.Single(Read(0, 1990, width: 0, log).Columns);
        var held = Assert.Single(Read(1900, 1990, width: 0, log).Columns);

        Assert.Equal((1, gone.First, GapReason.Overwritten), (gone.Gap!.From, gone.Gap.To, gone.Gap.Reason));
        Assert.Equal(series.Oldest, gone.First);
        Assert.Null(held.Gap);
    }

    [Fact]
    public void Span_without_samples_is_empty()
    {
        Fill(_log.Open(), 100);

        var column = Assert.Single(Read(50, 60, width: 0).Columns);

        Assert.Empty(column.Values);
        Assert.Null(column.Gap);
    }

    private Frame Read(double from, double to, int width, SensorLog? log = null)
    {
        using var historian = new Historian(null, Clock.New(), new ListLogger<Historian>());
        var request = new SpanRequest { From = new DateTime(Clock.Ticks(from), DateTimeKind.Utc), To = new DateTime(Clock.Ticks(to), DateTimeKind.Utc), Width = width };
        return new FrameReader().Read(new SpanReader(log ?? _log, new HistoryReader(historian), Clock.New()).ReadAsync(request, default).Result);
    }

    /// <summary>Appends a hundred samples a second from the start on, whose values count from 0.</summary>
    private static void Fill(SensorSeries series, int count)
    {
        for (var i = 0; i < count; i++)
        {
            series.Append(i * 0.01, i);
        }
    }
}
