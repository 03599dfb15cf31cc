using LiveViz.Feeds;
using LiveViz.Server.History;
using LiveViz.Server.Streaming;
using LiveViz.Tests.Streaming;

namespace LiveViz.Tests.History;

public sealed class HistoryReadingTests : IDisposable
{
    private readonly TestHistory _history = new();

    public void Dispose() => _history.Dispose();

    [Fact]
    public async Task Span_that_the_log_no_longer_reaches_comes_from_history()
    {
        // Twice what the log holds.
        var count = (int)(2 * _history.Log.Capacity);
        FillAndStore(count);

        var every = Assert.Single((await ReadAsync(0, 2, width: 0)).Columns);
        var reduced = Assert.Single((await ReadAsync(0, count / 100.0, width: 400)).Columns);

        Assert.Equal(Enumerable.Range(0, 201).Select(i => (double)i), every.Values);
        Assert.Null(reduced.Gap);
        Assert.Equal(count, reduced.Covered);
        Assert.Equal((0, count - 1.0), (reduced.Values.Min(), reduced.Values.Max()));
        Assert.InRange(reduced.Values.Length, 100, 404);
    }

    [Fact]
    public async Task Past_is_in_the_log_again_after_a_restart()
    {
        FillAndStore(5000);
        _history.Restart(readAhead: TimeSpan.FromSeconds(20));

        var series = _history.Series();
        var column = Assert.Single((await ReadAsync(0, 50, width: 0)).Columns);

        // The time of the clock is the end of the samples.
        Assert.Equal(2001, series.Next - 1);
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => (double)i), column.Values);
    }

    [Fact]
    public void What_was_read_back_is_not_stored_again()
    {
        FillAndStore(500);
        _history.Restart(readAhead: TimeSpan.FromDays(1));

        _history.Writer.Commit();
        var stored = _history.Writer.Stored;
        _history.Store([(Clock.Ticks(1000), 7, Quality.Good)], settled: true);

        Assert.Equal((0, 1), (stored, _history.Writer.Stored));
        Assert.Equal(501, _history.All().Count);
    }

    [Fact]
    public void Samples_that_had_to_make_room_before_they_were_stored_are_counted()
    {
        var series = _history.Series();
        var count = (int)(2 * _history.Log.Capacity);
        series.Fill(count);

        _history.Writer.Commit();

        Assert.Equal(count, _history.Writer.Stored + _history.Writer.Lost);
        Assert.InRange(_history.Writer.Lost, 1, count - 1);
        Assert.Equal(_history.Writer.Stored, _history.All().Count);
    }

    private void FillAndStore(int count)
    {
        var series = _history.Series();
        for (var i = 0; i < count; i++)
        {
            series.Append(i * 0.01, i);
            if (i % 10_000 == 0)
            {
                _history.Writer.Commit();
            }
        }

        _history.Writer.Commit();
        _history.Time.SetUtcNow(new DateTimeOffset(Clock.Ticks((count - 1) * 0.01), TimeSpan.Zero));
        _history.Writer.Settle(all: true);
    }

    private async Task<Frame> ReadAsync(double from, double to, int width)
    {
        using var historian = new Historian(_history.Writer, _history.Time, new ListLogger<Historian>());
        var request = new SpanRequest { From = new DateTime(Clock.Ticks(from), DateTimeKind.Utc), To = new DateTime(Clock.Ticks(to), DateTimeKind.Utc), Width = width };
        return new FrameReader().Read(await new SpanReader(_history.Log, new HistoryReader(historian), _history.Time).ReadAsync(request, default));
    }
}
