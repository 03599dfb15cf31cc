using LiveViz.Charts;

namespace LiveViz.Tests.Charts;

/// <summary>The cells of a heatmap; a cell is ten seconds, and the window a minute.</summary>
public class HeatRowTests
{
    private const long Ten = 10 * TimeSpan.TicksPerSecond;
    private static readonly Sensor Sensor = new() { Id = "a", Name = "Boiler", Unit = "bar", Resolution = 0.1, Range = new ValueRange(0, 20), Normal = new ValueRange(8, 12) };
    private readonly HeatRow _row = new(Sensor, Ten);

    [Fact]
    public void Cell_keeps_lowest_and_highest()
    {
        _row.Add(TestFrames.Column("a", (0, 10), (3, 13), (6, 7), (9, 11)), Ten);

        Assert.Equal((7, 13, 11), Cells()[0] is { } cell ? (cell.Min, cell.Max, cell.Last) : default);
    }

    [Theory]
    [InlineData(10, 13, 13)]
    [InlineData(6, 13, 6)]
    [InlineData(8, 12, 12)]
    public void Cell_shows_the_value_farthest_from_the_middle_of_normal(double min, double max, double shown)
    {
        _row.Add(TestFrames.Column("a", (0, 10), (1, min), (2, max), (3, 10)), Ten);

        Assert.Equal(shown, Cells()[0]!.Farthest(10));
    }

    [Fact]
    public void Peak_of_one_sample_is_not_averaged_away()
    {
        _row.Add(TestFrames.Column("a", [.. Enumerable.Range(0, 100).Select(i => (i / 10.0, i == 50 ? 20.0 : 10))]), Ten);

        var mark = Picture(10).Marks[^1];
        Assert.Contains($"background:{HeatColours.At(1)}", mark.Style, StringComparison.Ordinal);
        Assert.Contains("liveviz-over", mark.Css, StringComparison.Ordinal);
        Assert.Equal("Boiler, 13:00:00 to 13:00:10: 10.0 to 20.0 bar, above normal", mark.Told);
    }

    [Fact]
    public void Newest_sample_counts_before_its_bucket_is_over()
    {
        _row.Add(TestFrames.Column("a", (0, 10)) with { Latest = Latest(4, 15) }, Ten);

        Assert.Equal(15, Cells()[0]!.Max);
    }

    [Fact]
    public void Value_that_comes_seldom_holds_until_the_next()
    {
        _row.Add(TestFrames.Column("a", (0, 10), (35, 11)), Ten);

        Assert.Equal("0: 10 held 10 held 10 30: 11 held 11 held 11", Words());
    }

    [Theory]
    [InlineData("gap before")]
    [InlineData("not given")]
    [InlineData("bad before")]
    public void Nothing_holds_across_a_break(string what)
    {
        var column = TestFrames.Column("a", (0, what == "bad before" ? double.NaN : 10));
        _row.Add(column, Ten);
        var next = TestFrames.Column("a", (35, 11)) with { Gap = what == "not given" ? new SampleGap(2, 5, GapReason.Overwritten) : null };
        next.Marks[0] = what == "gap before" ? SampleMarks.GapBefore : SampleMarks.None;
        _row.Add(next, Ten);

        Assert.Equal($"0: {(what == "bad before" ? "bad" : "10")} missing to 30 30: 11 held 11 held 11", Words());
    }

    [Fact]
    public void Nothing_holds_where_the_sensor_is_stale()
    {
        _row.Add(TestFrames.Column("a", (0, 10)) with { IsStale = true }, Ten);

        Assert.Equal("0: 10 missing to 60", Words());
        Assert.Equal(SampleState.NoData, _row.State);
    }

    [Fact]
    public void Bad_sample_gives_no_value()
    {
        var column = TestFrames.Column("a", (0, 99)) with { Latest = Latest(0, 99) with { Quality = Quality.Bad } };
        column.Marks[0] = (SampleMarks)Quality.Bad;
        _row.Add(column, Ten);

        Assert.Null(_row.Seen);
        Assert.Equal(("×", "Boiler, 13:00:00 to 13:00:10: bad, no value"), Picture(10).Marks[^1] is var mark ? (mark.Letter, mark.Told) : default);
    }

    [Fact]
    public void Slow_connection_makes_wider_cells_that_lose_no_peak()
    {
        _row.Add(TestFrames.Column("a", (0, 10), (12, 18), (15, 10)), Ten);
        _row.Add(TestFrames.Column("a", (25, 3), (55, 10)), 5 * Ten);

        Assert.Equal("0: 3–18 50: 10", string.Join(' ', Spans(100).Where(span => !span.IsHeld && span.Cell is not null).Select(Word)));
        Assert.Contains("grid-column:span 5", HeatPicture.Row(_row, Clock.Ticks(0), Clock.Ticks(100), Ten, default).Marks[0].Style, StringComparison.Ordinal);
    }

    [Fact]
    public void Late_point_falls_into_its_own_cell()
    {
        _row.Add(TestFrames.Column("a", (0, 10)) with { Latest = Latest(25, 11) }, Ten);
        _row.Add(TestFrames.Column("a", (14, 12), (21, 13)) with { Latest = Latest(25, 11) }, Ten);

        Assert.Equal("0: 10 10: 12 20: 11–13 held 11 held 11 held 11", Words());
    }

    [Fact]
    public void What_is_older_than_the_window_is_forgotten()
    {
        _row.Add(TestFrames.Column("a", (0, 1), (15, 2), (25, 3)), Ten);

        _row.DropBefore(Clock.Ticks(20));

        Assert.Equal(new ValueRange(3, 3), _row.Seen);
        _row.Clear();
        Assert.Equal((null, SampleState.NoData), (_row.Seen, _row.State));
    }

    [Fact]
    public void Colours_are_even_from_dark_to_light()
    {
        Assert.Equal(("#440154", "#21908c", "#fde725"), (HeatColours.At(-1), HeatColours.At(0.5), HeatColours.At(2)));
        var lights = Enumerable.Range(0, 21).Select(i => Convert.ToInt32(HeatColours.At(i / 20.0)[3..5], 16)).ToList();
        Assert.Equal(lights.Order(), lights);
    }

    private static LatestSample Latest(double seconds, double value) =>
        new(Clock.Start.AddSeconds(seconds), value, Quality.Good, Clock.Start.AddSeconds(seconds));

    private List<HeatSpan> Spans(double to = 60) => [.. _row.Spans(Clock.Ticks(0), Clock.Ticks(to))];

    private List<HeatCell?> Cells() => Spans().ConvertAll(span => span.Cell);

    private FeedRow Picture(double to) => HeatPicture.Row(_row, Clock.Ticks(to - 60), Clock.Ticks(to), Ten, new ViewerClock(TimeSpan.FromHours(1)));

    private string Words() => string.Join(' ', Spans().Select(Word));

    private static string Word(HeatSpan span)
    {
        var seconds = (span.From - Clock.Start.Ticks) / TimeSpan.TicksPerSecond;
        return span switch
        {
            { Cell: null } => $"missing to {(span.To - Clock.Start.Ticks) / TimeSpan.TicksPerSecond}",
            { IsHeld: true } => $"held {span.Cell.Last}",
            { Cell.HasValue: false } => $"{seconds}: bad",
            _ => $"{seconds}: {(span.Cell.Min == span.Cell.Max ? $"{span.Cell.Min}" : $"{span.Cell.Min}–{span.Cell.Max}")}",
        };
    }
}
