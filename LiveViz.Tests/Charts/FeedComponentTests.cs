using Bunit;
using LiveViz.Charts;
using LiveViz.Feeds;
using Microsoft.AspNetCore.Components;

namespace LiveViz.Tests.Charts;

/// <summary>What all components do alike that read a feed.</summary>
public sealed class FeedComponentTests : FeedComponentContext
{
    public static TheoryData<string> All => [nameof(LiveGauge), nameof(LiveStat), nameof(LiveHeatmap), nameof(StatusTimeline)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Component_asks_for_little_and_shows_what_comes(string kind)
    {
        var shown = Show(kind);

        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 71.25))));

        await EventuallyAsync(() =>
        {
            Assert.Equal((null, "live"), (Overlay(shown), State(shown)));
            Assert.Contains("Boiler", shown.Markup, StringComparison.Ordinal);
        });
        var request = Assert.Single(Feed.Readings).Request;
        Assert.InRange(request.FramesPerSecond, 0.1, 4);
        Assert.InRange(request.Width, 1, 1000);
        Assert.Equal("a", request.SensorIds![0]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Component_brings_its_own_stylesheet_and_is_named(string kind)
    {
        var shown = Show(kind);
        await ReadingAsync();

        Assert.Equal("_content/LiveViz/liveviz.css", shown.Find("link[rel=stylesheet]").GetAttribute("href"));
        Assert.False(string.IsNullOrEmpty(shown.Find("figure").GetAttribute("aria-label")));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Lost_connection_greys_the_picture_and_tells_its_time(string kind)
    {
        var shown = Show(kind);
        await GiveAsync(TestFrames.Refill(5, TestFrames.Column("a", (5, 71))));
        await EventuallyAsync(() => Assert.Equal("live", State(shown)));

        Feed.Become(FeedState.Reconnecting);

        await EventuallyAsync(() =>
        {
            Assert.Equal(("Reconnecting. This is the picture of 13:00:05", "disconnected"), (Overlay(shown), State(shown)));
            Assert.Equal("false", shown.Find(".liveviz-picture").GetAttribute("data-live"));
        });
        Feed.Become(FeedState.Connected);
        await EventuallyAsync(() => Assert.Equal("true", shown.Find(".liveviz-picture").GetAttribute("data-live")));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Refusal_is_shown_in_the_words_of_the_server_as_text(string kind)
    {
        Feed.Refusal = "windowSeconds is <b>";

        var shown = Show(kind);

        await EventuallyAsync(() => Assert.Equal(("windowSeconds is <b>", "refused"), (Overlay(shown), State(shown))));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Unknown_sensor_is_waited_for(string kind)
    {
        Feed.Sensors = [];
        var shown = Show(kind);
        await EventuallyAsync(() => Assert.Equal(("Waiting for sensors", "waiting"), (Overlay(shown), State(shown))));
        Assert.Empty(Feed.Readings);

        Feed.Sensors = [new Sensor { Id = "a" }];
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["a"], (await ReadingAsync()).Request.SensorIds);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Disposed_component_ends_its_reading_and_bears_news_of_the_connection(string kind)
    {
        Show(kind);
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 71))));

        await DisposeComponentsAsync();

        await EventuallyAsync(() => Assert.True(Feed.Readings[0].IsEnded));
        Feed.Become(FeedState.Reconnecting);
        Assert.Single(Feed.Readings);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Hostile_name_stays_text(string kind)
    {
        Feed.Sensors = [new Sensor { Id = "a", Name = "<script>alert(1)</script>\"", Unit = "<b>" }];

        var shown = Show(kind);
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 71))));

        await EventuallyAsync(() => Assert.Contains("alert(1)", shown.Markup, StringComparison.Ordinal));
        Assert.Empty(shown.FindAll("script, figure b:empty"));
    }

    [Fact]
    public async Task Changed_parameter_begins_anew()
    {
        var stat = Render<LiveStat>(p => p.Add(c => c.Sensor, "a"));
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 71))));
        await EventuallyAsync(() => Assert.Contains("71.0", stat.Markup, StringComparison.Ordinal));

        stat.Render(p => p.Add(c => c.Sensor, "b"));

        Assert.Equal(["b"], (await ReadingAsync(1)).Request.SensorIds);
        await EventuallyAsync(() =>
        {
            Assert.True(Feed.Readings[0].IsEnded);
            Assert.DoesNotContain("71.0", stat.Markup, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Parameters_given_again_change_nothing()
    {
        var stat = Render<LiveStat>(p => p.Add(c => c.Sensor, "a"));
        await ReadingAsync();

        stat.Render(p => p.Add(c => c.Sensor, "a").Add(c => c.AriaLabel, "Steam"));
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 71))));

        Assert.Equal("Steam", stat.Find("figure").GetAttribute("aria-label"));
        Assert.Single(Feed.Readings);
    }

    [Fact]
    public async Task Refused_component_is_tried_again()
    {
        Feed.Refusal = "no";
        var stat = Render<LiveStat>(p => p.Add(c => c.Sensor, "a"));
        await EventuallyAsync(() => Assert.Equal("refused", State(stat)));

        Feed.Refusal = null;
        Time.Advance(TimeSpan.FromSeconds(5));
        await ReadingAsync(1);
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 71))));

        await EventuallyAsync(() => Assert.Equal("live", State(stat)));
    }

    [Fact]
    public async Task Burst_of_frames_is_drawn_once()
    {
        var gauge = Render<LiveGauge>(p => p.Add(c => c.Sensor, "a"));
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 60))));
        await EventuallyAsync(() => Assert.Contains("60.0", gauge.Markup, StringComparison.Ordinal));
        var drawn = gauge.RenderCount;

        var reading = Feed.Readings[0];
        for (var i = 0; i < 20; i++)
        {
            reading.Give(TestFrames.Frame(2 + i, TestFrames.Column("a", (2 + i, 61 + i))));
        }

        await EventuallyAsync(() => Assert.Equal(0, reading.Frames.Reader.Count));
        Assert.InRange(gauge.RenderCount - drawn, 0, 1);
        Time.Advance(TimeSpan.FromSeconds(1));

        await EventuallyAsync(() => Assert.Contains("80.0", gauge.Markup, StringComparison.Ordinal));
        Assert.InRange(gauge.RenderCount - drawn, 1, 2);
    }

    [Fact]
    public async Task Frame_that_changes_nothing_is_not_drawn()
    {
        var gauge = Render<LiveGauge>(p => p.Add(c => c.Sensor, "a"));
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 60))));
        await EventuallyAsync(() => Assert.Contains("60.0", gauge.Markup, StringComparison.Ordinal));
        var drawn = gauge.RenderCount;

        await GiveAsync(TestFrames.Frame(2, TestFrames.Column("a", (2, 60.01))));
        await GiveAsync(TestFrames.Frame(3, TestFrames.Column("a", (3, 60.02))));

        Assert.Equal(drawn, gauge.RenderCount);
    }

    [Fact]
    public async Task More_frames_than_can_be_read_are_not_asked_for()
    {
        Render<LiveStat>(p => p.Add(c => c.Sensor, "a").Add(c => c.FramesPerSecond, 60));

        Assert.Equal(4, (await ReadingAsync()).Request.FramesPerSecond);
    }

    private IRenderedComponent<IComponent> Show(string kind) => kind switch
    {
        nameof(LiveGauge) => Render<LiveGauge>(p => p.Add(c => c.Sensor, "a")),
        nameof(LiveStat) => Render<LiveStat>(p => p.Add(c => c.Sensor, "a")),
        nameof(LiveHeatmap) => Render<LiveHeatmap>(),
        _ => Render<StatusTimeline>(),
    };

    private static string? Overlay(IRenderedComponent<IComponent> shown) => shown.FindAll("[role=status]").SingleOrDefault()?.TextContent.Trim();

    private static string? State(IRenderedComponent<IComponent> shown) => shown.Find("figure").GetAttribute("data-state");
}
