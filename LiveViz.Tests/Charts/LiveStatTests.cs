using Bunit;
using LiveViz.Charts;

namespace LiveViz.Tests.Charts;

public sealed class LiveStatTests : FeedComponentContext
{
    [Fact]
    public async Task Value_unit_state_trend_and_extremes_are_said()
    {
        var stat = await ShowAsync(TestFrames.Column("a", (0, 60.04), (100, 80), (150, 90), (300, 104.96)));

        Assert.Equal("105.0", stat.Find(".liveviz-number").TextContent);
        Assert.Equal("°C", stat.Find(".liveviz-unit").TextContent);
        Assert.Equal("High", stat.Find(".liveviz-sign").TextContent);
        Assert.NotNull(stat.Find(".liveviz-sign.liveviz-high path"));
        Assert.Equal("↗ rising", stat.Find(".liveviz-trend").TextContent.Trim());
        Assert.Equal(["min 60.0", "max 105.0", "last 5 min"], stat.FindAll(".liveviz-ends span").Select(span => span.TextContent));
        Assert.NotNull(stat.Find("rect.liveviz-band"));
    }

    [Fact]
    public async Task Sparkline_is_open_where_there_is_no_value()
    {
        var stat = await ShowAsync(TestFrames.Column("a", (0, 60), (100, 70), (150, double.NaN), (200, 80), (300, 90)));

        Assert.Equal(2, stat.Find(".liveviz-trace").GetAttribute("d")!.Count(c => c == 'M'));
    }

    [Fact]
    public async Task Silent_sensor_says_since_when()
    {
        var stat = await ShowAsync(TestFrames.Column("a", (0, 60), (100, 70), (191, 80)) with { IsStale = true });

        Assert.Equal(("No data", "no data since 13:03:11"), (stat.Find(".liveviz-sign").TextContent, stat.Find(".liveviz-age").TextContent));
        Assert.NotNull(stat.Find(".liveviz-number.liveviz-old"));
        Assert.Empty(stat.FindAll(".liveviz-trend"));
    }

    [Fact]
    public async Task Bad_sample_has_no_value_whatever_number_came_with_it()
    {
        var column = TestFrames.Column("a", (299, 60), (300, 77));
        column.Marks[1] = (SampleMarks)Quality.Bad;
        var stat = await ShowAsync(column with { Latest = column.Latest! with { Quality = Quality.Bad } });

        Assert.Equal(("–", "Bad"), (stat.Find(".liveviz-number").TextContent, stat.Find(".liveviz-sign").TextContent));
        Assert.DoesNotContain("77", stat.Find(".liveviz-ends").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Age_grows_while_nothing_comes()
    {
        var stat = await ShowAsync(TestFrames.Column("a", (299, 60)));
        Assert.Equal("now", stat.Find(".liveviz-age").TextContent);

        await GiveAsync(TestFrames.Frame(305));

        await EventuallyAsync(() => Assert.Equal("6 s ago", stat.Find(".liveviz-age").TextContent));
    }

    [Fact]
    public async Task Refill_forgets_what_was_before()
    {
        var stat = await ShowAsync(TestFrames.Column("a", (299, 60)));

        await GiveAsync(TestFrames.Refill(301));

        await EventuallyAsync(() => Assert.Equal(("–", "No data yet"), (stat.Find(".liveviz-number").TextContent, stat.Find(".liveviz-sign").TextContent)));
    }

    [Fact]
    public async Task Recording_is_followed_by_its_own_time_and_ages_by_arrival()
    {
        Feed.Sensors = [new Sensor { Id = "a", Recorded = true }];
        var column = TestFrames.Column("a", (-9e6, 1), (-9e6 + 30, 2));

        var stat = await ShowAsync(column with { Latest = column.Latest! with { Received = Clock.Start.AddSeconds(290) } });

        Assert.NotEmpty(stat.Find(".liveviz-trace").GetAttribute("d")!);
        Assert.Equal("max 2.000", stat.FindAll(".liveviz-ends span")[1].TextContent);
        Assert.Equal("10 s ago", stat.Find(".liveviz-age").TextContent);
    }

    /// <summary>Shows a refill at the end of five minutes.</summary>
    private async Task<IRenderedComponent<LiveStat>> ShowAsync(FrameColumn column)
    {
        var stat = Render<LiveStat>(p => p.Add(c => c.Sensor, "a"));
        await GiveAsync(TestFrames.Refill(300, column));
        await EventuallyAsync(() => Assert.NotEqual("No data yet", stat.Find(".liveviz-sign").TextContent));
        return stat;
    }
}
