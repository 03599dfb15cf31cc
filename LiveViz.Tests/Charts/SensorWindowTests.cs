using LiveViz.Charts;

namespace LiveViz.Tests.Charts;

/// <summary>What a sparkline is drawn from, its line, and its trend.</summary>
public class SensorWindowTests
{
    private static readonly TimeScale Minute = new(Clock.Start, Clock.Start.AddSeconds(60));
    private static readonly ValueScale Tens = new(0, 10);
    private readonly SensorWindow _window = new("a", TimeSpan.FromSeconds(60), mostPoints: 100);

    [Fact]
    public void Samples_of_a_bucket_make_one_line_up_to_the_newest()
    {
        Take(TestFrames.Frame(40, TestFrames.Column("a", (0, 0), (30, 5)) with { Latest = Latest(40, 10) }));

        Assert.Equal("M0 100L30 50L40 0", Path());
        Assert.Equal(new ValueRange(0, 10), _window.Extremes(Clock.Ticks(0)));
        Assert.Equal(new ValueRange(5, 10), _window.Extremes(Clock.Ticks(10)));
    }

    [Fact]
    public void Newest_sample_that_was_delivered_by_its_bucket_is_drawn_once()
    {
        Take(TestFrames.Frame(40, TestFrames.Column("a", (0, 0)) with { Latest = Latest(40, 10) }));
        Take(TestFrames.Frame(50, TestFrames.Column("a", (20, 5), (40, 10)) with { Latest = Latest(40, 10) }));

        Assert.Equal("M0 100L20 50L40 0", Path());
    }

    [Theory]
    [InlineData("gap before")]
    [InlineData("not given")]
    [InlineData("bad")]
    [InlineData("no value")]
    public void Line_is_open_where_something_is_missing(string what)
    {
        var column = TestFrames.Column("a", (0, 5), (10, 5), (20, 5), (30, 5));
        if (what == "not given")
        {
            Take(TestFrames.Frame(15, TestFrames.Column("a", (0, 5), (10, 5))));
            column = TestFrames.Column("a", (20, 5), (30, 5)) with { Gap = new SampleGap(3, 9, GapReason.Overwritten) };
        }
        else if (what == "gap before")
        {
            column.Marks[2] = SampleMarks.GapBefore;
        }
        else if (what == "bad")
        {
            column = TestFrames.Column("a", (0, 5), (10, 5), (15, 7), (20, 5), (30, 5));
            column.Marks[2] = (SampleMarks)Quality.Bad;
        }
        else
        {
            column = TestFrames.Column("a", (0, 5), (10, 5), (15, double.NaN), (20, 5), (30, 5));
        }

        Take(TestFrames.Frame(30, column));

        Assert.Equal("M0 50L10 50M20 50L30 50", Path());
        Assert.Equal(new ValueRange(5, 5), _window.Extremes(0));
    }

    [Fact]
    public void Sample_that_stands_alone_is_a_dot()
    {
        var column = TestFrames.Column("a", (0, 5), (10, double.NaN), (20, 5), (30, 5), (40, 5));
        column.Marks[4] = SampleMarks.GapBefore;

        Take(TestFrames.Frame(40, column));

        Assert.Equal("M0 50h0M20 50L30 50M40 50h0", Path());
    }

    [Fact]
    public void Newest_sample_without_a_value_is_not_drawn()
    {
        Take(TestFrames.Frame(40, TestFrames.Column("a", (0, 0), (30, 5)) with { Latest = Latest(40, 10) with { Quality = Quality.Bad } }));

        Assert.Equal("M0 100L30 50", Path());
    }

    [Fact]
    public void Refill_and_time_make_it_forget()
    {
        Take(TestFrames.Frame(40, TestFrames.Column("a", (0, 0), (10, 1), (20, 2))));
        Take(TestFrames.Frame(75));
        Assert.Equal([1.0, 2.0], _window.Points.Select(point => point.Value));

        Take(TestFrames.Refill(76, TestFrames.Column("b", (76, 3))));
        Assert.Empty(_window.Points);
    }

    [Fact]
    public void It_is_bounded_however_much_comes()
    {
        Take(TestFrames.Frame(10, TestFrames.Column("a", [.. Enumerable.Range(0, 1000).Select(i => (i / 100.0, (double)i))])));

        Assert.Equal(100, _window.Points.Count());
        Assert.Equal(999, _window.Points.Last().Value);
    }

    [Theory]
    [InlineData(0, 12, "Rising")]
    [InlineData(12, 0, "Falling")]
    [InlineData(5, 5.5, "Steady")]
    public void Trend_is_that_of_the_window_against_the_normal_span(double from, double to, string trend)
    {
        var sensor = new Sensor { Id = "a", Normal = new ValueRange(0, 20) };
        Take(TestFrames.Frame(60, TestFrames.Column("a", [.. Enumerable.Range(0, 61).Select(i => ((double)i, from + (to - from) * i / 60))])));

        Assert.Equal(trend, TrendLine.Of(_window.Points, sensor, TimeSpan.FromSeconds(60)).ToString());
    }

    [Fact]
    public void Trend_of_one_peak_is_none()
    {
        Take(TestFrames.Frame(60, TestFrames.Column("a", [.. Enumerable.Range(0, 61).Select(i => ((double)i, i == 30 ? 20.0 : 5))])));

        Assert.Equal(Trend.Steady, TrendLine.Of(_window.Points, new Sensor { Id = "a" }, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Trend_of_a_small_part_of_the_window_is_not_told()
    {
        Take(TestFrames.Frame(10, TestFrames.Column("a", [.. Enumerable.Range(0, 11).Select(i => ((double)i, (double)i))])));

        Assert.Equal(Trend.Unknown, TrendLine.Of(_window.Points, new Sensor { Id = "a" }, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Band_of_normal_can_be_seen_as_one_and_peaks_are_within()
    {
        var scale = Sparkline.Scale(new Sensor { Id = "a", Normal = new ValueRange(40, 60) }, new ValueRange(45, 100));

        Assert.True(scale.Low < 40 && scale.High > 100);
        Assert.Equal(new ValueScale(-0.5, 0.5), Sparkline.Scale(new Sensor { Id = "b" }, new ValueRange(0, 0)));
    }

    private static LatestSample Latest(double seconds, double value) =>
        new(Clock.Start.AddSeconds(seconds), value, Quality.Good, Clock.Start.AddSeconds(seconds));

    private void Take(Frame frame) => _window.Take(frame, frame.Time.Ticks);

    private string Path() => Sparkline.Path(_window.Points, Minute, Tens, 60, 100);
}
