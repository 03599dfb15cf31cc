using Bunit;
using LiveViz.Charts;
using LiveViz.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.JSInterop.Infrastructure;
using Plotly.Blazor;

namespace LiveViz.Tests.Charts;

/// <summary>The chart as a component: what reaches the browser. What the browser makes of it, the browser tests say.</summary>
public sealed class LiveChartTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly double StartMilliseconds = (Clock.Start - DateTime.UnixEpoch).TotalMilliseconds;

    private readonly FakeFeed _feed = new() { Sensors = [new Sensor { Id = "a", Name = "Boiler", Unit = "°C" }, new Sensor { Id = "b", Unit = "bar" }] };
    private readonly FakeTimeProvider _time = Clock.New();
    private readonly BunitJSModuleInterop _module;
    private readonly BunitJSModuleInterop _plotly;

    public LiveChartTests()
    {
        Services.AddSingleton<ISensorFeed>(_feed);
        Services.AddSingleton<TimeProvider>(_time);
        _plotly = JSInterop.SetupModule(invocation => invocation.Arguments[0] is string path && path.Contains("/plotly-interop-", StringComparison.Ordinal));
        _plotly.Mode = JSRuntimeMode.Loose;
        _module = JSInterop.SetupModule(ChartPainter.ModulePath);
        _module.Mode = JSRuntimeMode.Loose;
        _module.Setup<ChartSize?>("attach", _ => true).SetResult(new ChartSize(800, 60));
        // Unless a test says otherwise the browser cannot paint, and everything is drawn by plotly.
        Push(PushOutcome.CannotPaint);
    }

    [Fact]
    public async Task Chart_is_drawn_by_plotly_and_taken_over_by_the_module()
    {
        var chart = await DrawAsync();

        var plot = chart.FindComponent<PlotlyChart>().Instance;
        Assert.Equal(6, plot.Data.Count);
        var attach = Assert.Single(_module.Invocations["attach"]);
        Assert.Equal(plot.Id, attach.Arguments[0]);
        Assert.Contains(plot.Id, chart.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_is_for_the_window_at_the_width_of_the_plot()
    {
        await DrawAsync(window: TimeSpan.FromMinutes(5), framesPerSecond: 7);

        var request = Assert.Single(_feed.Readings).Request;
        Assert.Equal((300, 800, 7), (request.WindowSeconds, request.Width, request.FramesPerSecond));
        Assert.Equal(["a", "b"], request.SensorIds);
    }

    [Fact]
    public async Task Frame_is_one_call_that_sets_the_view_and_one_that_extends_all_traces()
    {
        var chart = await DrawAsync();

        await GiveAsync(TestFrames.Refill(
            2,
            TestFrames.Column("b", (1, 3.5)) with { IsStale = true },
            TestFrames.Column("a", (1, 20), (2, double.NaN), (2.5, -21))));

        var prepare = Assert.Single(_module.Invocations["prepare"]);
        Assert.Equal([chart.FindComponent<PlotlyChart>().Instance.Id, StartMilliseconds - 58_000, StartMilliseconds + 2000, false, true], prepare.Arguments.Take(5));
        Assert.Equal([false, true], Assert.IsType<IReadOnlyList<bool>>(prepare.Arguments[5], exactMatch: false));
        Assert.Equal([[-21, 20], [3.5, 3.5]], Assert.IsType<double[]?[]>(prepare.Arguments[6]));
        Assert.Equal([0, 1], Assert.IsType<IReadOnlyList<int>>(prepare.Arguments[7], exactMatch: false));
        Assert.Equal([false, false], Assert.IsType<IReadOnlyList<bool>>(prepare.Arguments[8], exactMatch: false));
        Assert.Equal(false, prepare.Arguments[10]);

        var extend = Assert.Single(_plotly.Invocations["extendTraces"]);
        Assert.Equal(prepare.Arguments[0], extend.Arguments[0]);
        Assert.Equal([[StartMilliseconds + 1000, StartMilliseconds + 2000, StartMilliseconds + 2500], [StartMilliseconds + 1000]], Lists(extend.Arguments[1]));
        Assert.Equal([[20.0, null, -21.0], [3.5]], Lists(extend.Arguments[2]));
        Assert.Equal([0, 1], Assert.IsType<IEnumerable<int>>(extend.Arguments[3], exactMatch: false));
        Assert.Equal(ChartPainter.MostPoints(800), extend.Arguments[4]);
    }

    [Fact]
    public async Task View_is_set_before_the_traces_are_extended()
    {
        var chart = await DrawAsync();
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 1))));

        var calls = JSInterop.Invocations.Select(call => call.Identifier).Where(name => name is "attach" or "prepare" or "extendTraces");

        Assert.Equal(["attach", "prepare", "extendTraces"], calls);
    }

    [Fact]
    public async Task Frame_without_samples_sets_the_view_and_draws_it()
    {
        var chart = await DrawAsync();

        await GiveAsync(TestFrames.Frame(3));

        Assert.Equal(true, Assert.Single(_module.Invocations["prepare"]).Arguments[10]);
        Assert.Empty(_plotly.Invocations["extendTraces"]);
    }

    [Fact]
    public async Task Each_frame_is_drawn_once()
    {
        var chart = await DrawAsync();
        for (var i = 1; i <= 20; i++)
        {
            await GiveAsync(TestFrames.Frame(i, TestFrames.Column("a", (i, i))));
        }

        Assert.Equal(20, _plotly.Invocations["extendTraces"].Count);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (double)i), _plotly.Invocations["extendTraces"].SelectMany(call => Lists(call.Arguments[2])[0]).Cast<double>());
    }

    [Fact]
    public async Task Frames_that_come_while_the_browser_draws_are_drawn_together_after()
    {
        var slow = Pend();
        var chart = await DrawAsync();
        var reading = _feed.Readings[0];
        reading.Give(TestFrames.Refill(1, TestFrames.Column("a", (1, 1))));
        await EventuallyAsync(() => Assert.Single(slow.Calls));

        reading.Give(TestFrames.Frame(2, TestFrames.Column("a", (2, 2))));
        reading.Give(TestFrames.Frame(3, TestFrames.Column("a", (3, 3))));
        await EventuallyAsync(() => Assert.True(reading.Frames.Reader.Count == 0));
        Assert.Single(slow.Calls);
        slow.Answer();

        await EventuallyAsync(() => Assert.Equal([2.0, 3.0], slow.Calls.Skip(1).SelectMany(call => Lists(call.Arguments[2])[0]).Cast<double>()));
        Assert.Single(_feed.Readings);
    }

    [Fact]
    public async Task Hostile_names_stay_text()
    {
        const string Name = "<script>alert(1)</script>\"%{y}";
        _feed.Sensors = [new Sensor { Id = "</figure><b>", Name = Name }];

        var chart = await DrawAsync();
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("</figure><b>", (1, 1))));

        Assert.Equal($"Live chart of {Name}", chart.Find("figure").GetAttribute("aria-label"));
        Assert.Empty(chart.FindAll("script, b"));
        var trace = Assert.IsType<Plotly.Blazor.Traces.Scatter>(chart.FindComponent<PlotlyChart>().Instance.Data[0]);
        Assert.Equal("&lt;script&gt;alert(1)&lt;/script&gt;\"%&#123;y}", trace.Name);
        Assert.Single(_plotly.Invocations["extendTraces"]);
    }

    [Fact]
    public async Task Chart_waits_for_sensors_and_then_shows_them()
    {
        _feed.Sensors = [];
        var chart = Render<LiveChart>();
        Assert.Equal(("Waiting for sensors", "waiting"), (Overlay(chart), State(chart)));
        Assert.Empty(chart.FindComponents<PlotlyChart>());

        _feed.Sensors = [new Sensor { Id = "late" }];
        _time.Advance(TimeSpan.FromSeconds(1));

        await EventuallyAsync(() => Assert.Equal(["late"], Assert.Single(_feed.Readings).Request.SensorIds));
    }

    [Fact]
    public async Task Chosen_sensors_are_drawn_once_each_in_the_order_given()
    {
        await DrawAsync(sensors: ["b", "a", "b"]);

        Assert.Equal(["b", "a"], _feed.Readings[0].Request.SensorIds);
    }

    [Fact]
    public async Task Live_picture_has_no_overlay()
    {
        var chart = await DrawAsync();
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 1))));

        await EventuallyAsync(() => Assert.Equal((null, "live"), (Overlay(chart), State(chart))));
    }

    [Fact]
    public async Task Refusal_is_shown_in_the_words_of_the_server_as_text()
    {
        _feed.Refusal = "windowSeconds is <b>; allowed are 0 to 604800.";

        var chart = await DrawAsync();

        await EventuallyAsync(() => Assert.Equal(("windowSeconds is <b>; allowed are 0 to 604800.", "refused"), (Overlay(chart), State(chart))));
        Assert.Single(_feed.Readings);
    }

    [Fact]
    public async Task Refused_chart_that_is_held_does_not_take_the_page_down()
    {
        _feed.Refusal = "no";
        var chart = await DrawAsync();
        await EventuallyAsync(() => Assert.Equal("refused", State(chart)));

        await chart.InvokeAsync(() => chart.Instance.OnHeld(StartMilliseconds - 20_000, StartMilliseconds));
        await chart.InvokeAsync(chart.Instance.OnLive);

        Assert.False(Renderer.UnhandledException.IsCompleted);
    }

    [Fact]
    public async Task Refused_chart_is_shown_when_it_asks_for_something_else()
    {
        _feed.Refusal = "no";
        var chart = await DrawAsync();
        await EventuallyAsync(() => Assert.Equal("refused", State(chart)));

        _feed.Refusal = null;
        chart.Render(parameters => parameters.Add(c => c.Window, TimeSpan.FromMinutes(2)));
        (await ReadingAsync(1)).Give(TestFrames.Refill(1, TestFrames.Column("a", (1, 1))));

        await EventuallyAsync(() => Assert.Equal((null, "live"), (Overlay(chart), State(chart))));
    }

    [Fact]
    public async Task Lost_connection_is_said_with_the_time_of_the_picture_on_the_viewers_clock()
    {
        var chart = await DrawAsync();
        await GiveAsync(TestFrames.Refill(5, TestFrames.Column("a", (5, 1))));
        await EventuallyAsync(() => Assert.Equal("live", State(chart)));

        _feed.Become(FeedState.Reconnecting);
        await EventuallyAsync(() => Assert.Equal(("Reconnecting. This is the picture of 13:00:05", "disconnected"), (Overlay(chart), State(chart))));

        _feed.Become(FeedState.Connected);
        await EventuallyAsync(() => Assert.Equal("live", State(chart)));
    }

    [Fact]
    public async Task Connection_that_never_stood_is_said()
    {
        _feed.Become(FeedState.Connecting);

        var chart = await DrawAsync();

        await EventuallyAsync(() => Assert.Equal(("Connecting to the sensors", "disconnected"), (Overlay(chart), State(chart))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Changed_parameter_shows_the_chart_anew(bool whileItDraws)
    {
        var draws = Pend();
        var chart = await DrawAsync();
        if (whileItDraws)
        {
            _feed.Readings[0].Give(TestFrames.Refill(1, TestFrames.Column("a", (1, 1))));
            await EventuallyAsync(() => Assert.Single(draws.Calls));
        }

        chart.Render(parameters => parameters.Add(c => c.Window, TimeSpan.FromMinutes(15)));

        Assert.Equal(900, (await ReadingAsync(1)).Request.WindowSeconds);
        Assert.True(_feed.Readings[0].IsEnded);
        Assert.Single(_module.Invocations["detach"]);
        Assert.Equal(2, _module.Invocations["attach"].Count);
    }

    [Fact]
    public async Task Parameters_given_again_change_nothing()
    {
        var chart = await DrawAsync(sensors: ["a"]);

        chart.Render(parameters => parameters.Add(c => c.Sensors, ["a"]).Add(c => c.Height, "200px"));
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 1))));

        Assert.Single(_feed.Readings);
        Assert.Single(_module.Invocations["attach"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Disposed_chart_lets_go_of_the_page_and_of_the_feed(int frames)
    {
        var chart = await DrawAsync();
        for (var i = 1; i <= frames; i++)
        {
            await GiveAsync(TestFrames.Frame(i, TestFrames.Column("a", (i, i))));
        }

        await DisposeComponentsAsync();

        await EventuallyAsync(() =>
        {
            Assert.True(_feed.Readings[0].IsEnded);
            Assert.Single(_module.Invocations["detach"]);
        });
        Assert.Single(_feed.Readings);
        _feed.Become(FeedState.Reconnecting);
    }

    [Fact]
    public async Task Call_lost_in_the_browser_leads_to_a_fresh_reading()
    {
        // Never answered, as when the browser was away while it was on its way.
        var lost = Pend();
        var chart = await DrawAsync();
        _feed.Readings[0].Give(TestFrames.Refill(1, TestFrames.Column("a", (1, 1))));
        await EventuallyAsync(() => Assert.Single(lost.Calls));

        var fresh = await ReadingAsync(1);
        Assert.True(_feed.Readings[0].IsEnded);
        Assert.Single(_module.Invocations["attach"]);
        lost.Answer();
        fresh.Give(TestFrames.Refill(9, TestFrames.Column("a", (9, 9))));

        await EventuallyAsync(() => Assert.Equal(2, lost.Calls.Count));
        Assert.Equal(true, _module.Invocations["prepare"][1].Arguments[4]);
    }

    [Fact]
    public async Task What_is_new_is_painted_at_once_and_drawn_by_plotly_when_the_browser_says_so()
    {
        Push(PushOutcome.Painted);
        await DrawAsync();
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 10))));

        await PaintAsync(TestFrames.Frame(1.1, TestFrames.Column("a", (1.1, 11))));
        await PaintAsync(TestFrames.Frame(1.2, TestFrames.Column("a", (1.2, 12)), TestFrames.Column("b", (1.2, 5))));
        var painted = _module.Invocations["push"].Select(call => Numbers(call.Arguments[2])).ToList();
        Assert.Equal([0, 1, 0, StartMilliseconds + 1100, 11], painted[0]);
        Assert.Equal([false, true], _module.Invocations["push"].Select(call => call.Arguments[4]));
        Assert.Equal([0, 1, 0, StartMilliseconds + 1200, 12, 1, 1, 0, StartMilliseconds + 1200, 5], painted[1]);
        Assert.Single(_plotly.Invocations["extendTraces"]);

        Push(PushOutcome.MustDraw);
        await GiveAsync(TestFrames.Frame(2.1, TestFrames.Column("a", (2.1, 13))));

        Assert.Equal([[11.0, 12.0, 13.0], [5.0]], Lists(_plotly.Invocations["extendTraces"][^1].Arguments[2]));
        Assert.Equal(2, _plotly.Invocations["extendTraces"].Count);
    }

    [Fact]
    public async Task Plotly_draws_at_once_where_an_axis_no_longer_fits()
    {
        Push(PushOutcome.MustDraw);
        await DrawAsync();
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 10))));

        await GiveAsync(TestFrames.Frame(1.1, TestFrames.Column("a", (1.1, 1e9))));

        Assert.Equal([[1e9]], Lists(_plotly.Invocations["extendTraces"][^1].Arguments[2]));
    }

    [Fact]
    public async Task Page_in_the_background_is_asked_nothing_and_catches_up_in_one_drawing()
    {
        Push(PushOutcome.Hidden);
        var chart = await DrawAsync();
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 10))));
        for (var i = 2; i <= 20; i++)
        {
            _feed.Readings[0].Give(TestFrames.Frame(i, TestFrames.Column("a", (i, i))));
        }

        await EventuallyAsync(() => Assert.True(_feed.Readings[0].Frames.Reader.Count == 0));
        Assert.Single(_module.Invocations["push"]);
        Assert.Single(_plotly.Invocations["extendTraces"]);
        Push(PushOutcome.Painted);
        await chart.InvokeAsync(chart.Instance.OnVisible);

        await EventuallyAsync(() => Assert.Equal(2, _plotly.Invocations["extendTraces"].Count));
        Assert.Equal(Enumerable.Range(2, 19).Select(i => (object)(double)i), Lists(_plotly.Invocations["extendTraces"][^1].Arguments[2])[0]);
    }

    [Fact]
    public async Task Push_lost_in_the_browser_leads_to_a_fresh_reading()
    {
        // Never answered, as when the browser was away while it was on its way.
        _module.AddInvocationHandler(new PendingCalls<int>("push"));
        await DrawAsync();
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 10))));

        _feed.Readings[0].Give(TestFrames.Frame(2, TestFrames.Column("a", (2, 2))));

        await ReadingAsync(1);
        Assert.True(_feed.Readings[0].IsEnded);
    }

    [Fact]
    public async Task Held_chart_shows_the_span_chosen_and_stands_still_until_it_is_let_go()
    {
        var chart = await DrawAsync();
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, 10))));
        _feed.Span = TestFrames.Refill(99, TestFrames.Column("a", (-20, 7), (-15, 8)));

        await chart.InvokeAsync(() => chart.Instance.OnHeld(StartMilliseconds - 20_000, StartMilliseconds - 10_000));
        await EventuallyAsync(() => Assert.Equal(2, _plotly.Invocations["extendTraces"].Count));

        var span = Assert.Single(_feed.Spans);
        Assert.Equal((Clock.Start.AddSeconds(-20), Clock.Start.AddSeconds(-10), 800), (span.From, span.To, span.Width));
        Assert.Equal(["a", "b"], span.SensorIds);
        Assert.Equal([StartMilliseconds - 20_000, StartMilliseconds - 10_000, true, true], _module.Invocations["prepare"][^1].Arguments.Skip(1).Take(4));
        Assert.Equal([[7.0, 8.0]], Lists(_plotly.Invocations["extendTraces"][^1].Arguments[2]));
        Assert.True(_feed.Readings[0].IsEnded);
        Assert.Equal("held", State(chart));
        Assert.Contains("12:59:40 – 12:59:50", chart.Find("button.liveviz-held").TextContent, StringComparison.Ordinal);

        await chart.InvokeAsync(() => chart.Find("button.liveviz-held").Click());

        await ReadingAsync(1);
        Assert.Empty(chart.FindAll("button.liveviz-held"));
    }

    [Fact]
    public async Task Charts_that_are_linked_are_held_and_let_go_together()
    {
        var link = new ChartLink();
        var one = Render<LiveChart>(parameters => parameters.AddCascadingValue(link).Add(c => c.Sensors, ["a"]));
        var two = Render<LiveChart>(parameters => parameters.AddCascadingValue(link).Add(c => c.Sensors, ["b"]));
        await ReadingAsync(1);

        await one.InvokeAsync(() => one.Instance.OnHeld(StartMilliseconds - 20_000, StartMilliseconds - 10_000));
        await EventuallyAsync(() => Assert.Equal(["a", "b"], _feed.Spans.SelectMany(span => span.SensorIds!).Order()));
        await two.InvokeAsync(two.Instance.OnLive);

        await ReadingAsync(3);
        Assert.All([State(one), State(two)], state => Assert.NotEqual("held", state));
    }

    [Theory]
    [InlineData(double.NaN, 5)]
    [InlineData(5, 5)]
    [InlineData(9, 5)]
    [InlineData(-1, 5)]
    [InlineData(0, 1e300)]
    public async Task Span_that_cannot_be_is_not_held(double from, double to)
    {
        var chart = await DrawAsync();

        await chart.InvokeAsync(() => chart.Instance.OnHeld(from, to));

        Assert.NotEqual("held", State(chart));
        Assert.Empty(_feed.Spans);
    }

    private static double[] Numbers(object? argument) =>
        [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(Assert.IsType<byte[]>(argument))];

    private void Push(PushOutcome outcome) => _module.Setup<int>("push", _ => true).SetResult((int)outcome);

    /// <summary>Gives a frame and waits until it is painted.</summary>
    private async Task PaintAsync(Frame frame)
    {
        var painted = _module.Invocations["push"].Count;
        _feed.Readings[^1].Give(frame);
        await EventuallyAsync(() => Assert.True(_module.Invocations["push"].Count > painted));
    }

    private static object?[][] Lists(object? argument) =>
        [.. Assert.IsType<System.Collections.IEnumerable>(argument, exactMatch: false).Cast<System.Collections.IEnumerable>().Select(list => list.Cast<object?>().ToArray())];

    private static string? Overlay(IRenderedComponent<LiveChart> chart) => chart.FindAll("figcaption[role=status]").SingleOrDefault()?.TextContent.Trim();

    private static string? State(IRenderedComponent<LiveChart> chart) => chart.Find("figure").GetAttribute("data-state");

    /// <summary>Leaves what extends traces unanswered.</summary>
    private PendingCalls<IJSVoidResult> Pend()
    {
        var calls = new PendingCalls<IJSVoidResult>("extendTraces");
        _plotly.AddInvocationHandler(calls);
        return calls;
    }

    /// <summary>Waits until something holds of what the chart shows or has asked of the browser.</summary>
    private async Task EventuallyAsync(Action assert)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                // Where the chart itself runs, so that nothing changes meanwhile.
                await Renderer.Dispatcher.InvokeAsync(assert).WaitAsync(patience.Token);
                return;
            }
            catch (Exception) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(5);
            }
        }
    }

    private async Task<IRenderedComponent<LiveChart>> DrawAsync(IReadOnlyList<string>? sensors = null, TimeSpan? window = null, double framesPerSecond = 20)
    {
        var chart = Render<LiveChart>(parameters => parameters
            .Add(c => c.Sensors, sensors ?? [])
            .Add(c => c.Window, window ?? TimeSpan.FromMinutes(1))
            .Add(c => c.FramesPerSecond, framesPerSecond));
        await ReadingAsync(0);
        return chart;
    }

    /// <summary>Waits for a reading of the feed to begin.</summary>
    private async Task<FakeFeed.Reading> ReadingAsync(int number)
    {
        await EventuallyAsync(() => Assert.True(_feed.Readings.Count > number));
        return _feed.Readings[number];
    }

    /// <summary>Gives a frame and waits until it is drawn.</summary>
    private async Task GiveAsync(Frame frame)
    {
        var (prepared, extended) = (_module.Invocations["prepare"].Count, _plotly.Invocations["extendTraces"].Count);
        var isDrawn = frame.Columns.Any(column => column.Ticks.Length > 0);
        _feed.Readings[^1].Give(frame);
        await EventuallyAsync(() =>
        {
            Assert.True(_module.Invocations["prepare"].Count > prepared);
            Assert.True(!isDrawn || _plotly.Invocations["extendTraces"].Count > extended);
        });
    }
}
