using Bunit;
using LiveViz.Charts;
using Microsoft.AspNetCore.Components.Web;

namespace LiveViz.Tests.Charts;

/// <summary>The heatmap and the status timeline as components.</summary>
public sealed class FeedRowsTests : FeedComponentContext
{
    [Fact]
    public async Task Cells_of_a_heatmap_are_the_buckets_of_the_server()
    {
        var map = Render<LiveHeatmap>(p => p.Add(c => c.Window, TimeSpan.FromMinutes(5)).Add(c => c.Columns, 30));

        var request = (await ReadingAsync()).Request;

        Assert.Equal(TimeSpan.FromSeconds(10), request.Bucket);
        Assert.Contains("repeat(30,", (await RowAsync(map, "Boiler")).GetAttribute("style"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heatmap_says_how_it_is_to_be_read()
    {
        var map = Render<LiveHeatmap>();
        await ReadingAsync();

        await EventuallyAsync(() => Assert.Contains("Each cell shows the value of its 5 s that lies farthest from the middle of normal", map.Find(".liveviz-legend").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_stand_before_there_is_anything_on_them()
    {
        var map = Render<LiveHeatmap>();
        await EventuallyAsync(() => Assert.Equal(["Boiler", "Pump"], map.FindAll(".liveviz-name").Select(name => name.TextContent)));
        var timeline = Render<StatusTimeline>();
        await EventuallyAsync(() => Assert.Equal(["No data yet", "No data yet"], timeline.FindAll(".liveviz-end").Select(end => end.TextContent)));
    }

    [Fact]
    public async Task Rows_of_a_heatmap_are_filled_without_holes()
    {
        var map = Render<LiveHeatmap>(p => p.Add(c => c.Window, TimeSpan.FromSeconds(60)).Add(c => c.Columns, 6));
        await GiveAsync(TestFrames.Refill(59, TestFrames.Column("a", (5, 75), (15, 120), (25, 20), (35, 75), (45, 75), (55, 75)), TestFrames.Column("b", (55, 3))));

        await EventuallyAsync(() =>
        {
            Assert.Equal(["", "over", "under", "", "", ""], Cells(map, "Boiler"));
            Assert.Equal(["missing", ""], Cells(map, "Pump"));
        });
        Assert.Equal("75.0 °C", map.FindAll(".liveviz-end")[0].TextContent);
    }

    [Fact]
    public async Task Heatmap_moves_on_with_the_clock()
    {
        var map = Render<LiveHeatmap>(p => p.Add(c => c.Window, TimeSpan.FromSeconds(60)).Add(c => c.Columns, 6));
        await GiveAsync(TestFrames.Refill(59, TestFrames.Column("a", (5, 120), (15, 75), (25, 75), (35, 75), (45, 75), (55, 75))));
        await EventuallyAsync(() => Assert.Equal("over", Cells(map, "Boiler")[0]));

        await GiveAsync(TestFrames.Frame(60.5));

        await EventuallyAsync(() => Assert.Equal(["", "", "", "", "", ""], Cells(map, "Boiler")));
    }

    [Fact]
    public async Task Refill_forgets_the_cells_before()
    {
        var map = Render<LiveHeatmap>();
        await GiveAsync(TestFrames.Refill(59, TestFrames.Column("a", (5, 120), (15, 75))));
        await GiveAsync(TestFrames.Refill(60, TestFrames.Column("b", (60, 3))));

        await EventuallyAsync(() => Assert.Equal(["missing"], Cells(map, "Boiler")));
    }

    [Theory]
    [InlineData("ArrowLeft", "13:00:40 to 13:00:50")]
    [InlineData("Home", "13:00:00 to 13:00:10")]
    [InlineData("End", "13:00:50 to 13:01:00")]
    public async Task Keyboard_tells_cell_by_cell(string key, string told)
    {
        var map = Render<LiveHeatmap>(p => p.Add(c => c.Window, TimeSpan.FromSeconds(60)).Add(c => c.Columns, 6));
        await GiveAsync(TestFrames.Refill(59, TestFrames.Column("a", (5, 75), (15, 75), (25, 75), (35, 75), (45, 75), (55, 75))));
        await EventuallyAsync(() => Assert.Equal(6, Cells(map, "Boiler").Count));

        var row = await RowAsync(map, "Boiler");
        await row.FocusAsync(new());
        await row.KeyDownAsync(new KeyboardEventArgs { Key = key });

        await EventuallyAsync(() => Assert.Equal($"Boiler, {told}: 75.0 °C", map.Find("output").TextContent));
        Assert.Single(map.FindAll(".liveviz-pointed"));
        await (await RowAsync(map, "Boiler")).BlurAsync(new());
        await EventuallyAsync(() => Assert.Equal("", map.Find("output").TextContent));
    }

    [Fact]
    public async Task Timeline_shows_states_with_letter_and_pattern_and_lists_the_transitions()
    {
        var timeline = Render<StatusTimeline>(p => p.Add(c => c.Window, TimeSpan.FromSeconds(60)));
        await GiveAsync(TestFrames.Refill(60, TestFrames.Column("a", (0, 75), (20, 120), (40, 20))));

        await EventuallyAsync(() => Assert.Equal(
            [("liveviz-span liveviz-normal", ""), ("liveviz-span liveviz-high", "H"), ("liveviz-span liveviz-low", "L")],
            timeline.FindAll("[aria-label^=Boiler] i").Select(mark => (mark.ClassName!, mark.TextContent))));
        Assert.Equal(["High since 13:00:20", "Low since 13:00:40"], timeline.FindAll(".liveviz-said li").Take(2).Select(said => said.TextContent));
        Assert.Equal("Boiler: High from 13:00:20 to 13:00:40 (20 s)", timeline.FindAll("[aria-label^=Boiler] i")[1].GetAttribute("title"));
        Assert.Equal(["Low", "No data"], timeline.FindAll(".liveviz-end").Select(end => end.TextContent));
    }

    [Fact]
    public async Task Cursor_stays_at_its_time_while_the_window_moves_on()
    {
        var timeline = Render<StatusTimeline>(p => p.Add(c => c.Window, TimeSpan.FromSeconds(60)));
        await GiveAsync(TestFrames.Refill(60, TestFrames.Column("a", (0, 75), (20, 120), (40, 20))));
        await EventuallyAsync(() => Assert.Equal(3, timeline.FindAll("[aria-label^=Boiler] i").Count));
        var row = await RowAsync(timeline, "Boiler");
        await row.FocusAsync(new());
        await row.KeyDownAsync(new KeyboardEventArgs { Key = "ArrowLeft" });

        await GiveAsync(TestFrames.Frame(70, TestFrames.Column("a", (70, 75))));

        await EventuallyAsync(() => Assert.Equal("Boiler: High from 13:00:20 to 13:00:40 (20 s)", timeline.Find("output").TextContent));
    }

    [Fact]
    public async Task More_rows_than_can_be_told_apart_are_counted_and_not_asked_for()
    {
        Feed.Sensors = [.. Enumerable.Range(0, 120).Select(i => new Sensor { Id = $"s{i}" })];
        var timeline = Render<StatusTimeline>();

        Assert.Equal(50, (await ReadingAsync()).Request.SensorIds!.Count);
        await EventuallyAsync(() => Assert.Contains("70 more sensors", timeline.Find(".liveviz-more").TextContent, StringComparison.Ordinal));
    }

    private async Task<AngleSharp.Dom.IElement> RowAsync(IRenderedComponent<FeedRows> rows, string name)
    {
        await EventuallyAsync(() => rows.Find($"[aria-label^={name}]"));
        return rows.Find($"[aria-label^={name}]");
    }

    /// <summary>What stands on each cell of a row.</summary>
    private static List<string> Cells(IRenderedComponent<LiveHeatmap> map, string name) =>
        [.. map.FindAll($"[aria-label^={name}] i").Select(cell => new[] { "over", "under", "missing", "invalid" }.FirstOrDefault(what => cell.ClassList.Contains($"liveviz-{what}"), ""))];
}
