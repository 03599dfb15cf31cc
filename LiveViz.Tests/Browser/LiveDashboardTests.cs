using System.Net.Http.Json;
using LiveViz.Tests.Running;
using Microsoft.Playwright;

namespace LiveViz.Tests.Browser;

[Collection(BrowserTests.Name)]
[Trait("Category", "Browser")]
public sealed class LiveDashboardTests(BrowserFixture fixture)
{
    // One of the factory's 24 may just have dropped out: that is what it is simulated for.
    private const int NearlyAll = 23;

    [Fact]
    public async Task Overview_over_WebSockets_shows_every_sensor_growing()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address);

        await live.SeeTracesGrowAsync(NearlyAll);

        Assert.Equal(24, await live.Page.Locator("[data-sensor]").CountAsync());
        Assert.Equal(4, await live.Page.Locator(".js-plotly-plot").CountAsync());
        await live.Page.Locator(".statusline", new() { HasText = "WebSocket · data WebSocket" }).WaitForAsync();
        live.AssertQuiet();
    }

    [Fact]
    public async Task Overview_fits_the_screen_of_a_desk_and_of_a_phone()
    {
        await using var server = await LiveVizServer.StartAsync();
        foreach (var (width, height, scrolls) in new[] { (1920, 1080, false), (390, 844, true) })
        {
            await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, "/", width, height);
            await live.SeeTracesGrowAsync(NearlyAll);

            Assert.False(await live.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
            // Drawn with the margins that fit its size.
            Assert.True(await live.EvaluateAsync<bool>("[...document.querySelectorAll('.js-plotly-plot')].every(gd => gd._fullLayout._size.l === gd.layout.margin.l && gd._fullLayout.width === gd.clientWidth)"));
            Assert.Equal(scrolls, await live.EvaluateAsync<bool>("document.getElementById('content').scrollHeight > document.getElementById('content').clientHeight"));
            live.AssertQuiet();
        }
    }

    [Theory]
    [InlineData("5m", "1m 5m Custom")]
    [InlineData("24h", "1m 24h Custom")]
    [InlineData("20m", "1m 5m 20m")]
    public async Task Range_that_is_shown_is_among_those_on_a_phone(string range, string offered)
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, $"/?range={range}", 390, 844);

        await live.Page.Locator(".ranges .chosen:visible", new() { HasText = range }).WaitForAsync();

        Assert.Equal(offered, string.Join(' ', await live.Page.Locator(".ranges button:visible").AllInnerTextsAsync()));
        Assert.False(await live.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth || document.querySelector('.topbar').scrollWidth > innerWidth"));
    }

    [Fact]
    public async Task Numbers_beside_strips_do_not_overlap_however_low_those_are()
    {
        await using var server = await LiveVizServer.StartAsync(
            "LiveViz:Sources:0:Type=Http", "LiveViz:Sensors:0:Sensor=s1", "LiveViz:Sensors:0:Normal:Low=0.8", "LiveViz:Sensors:0:Normal:High=4.5");
        using var http = new HttpClient { BaseAddress = server.Address };
        // Axes from a round number to another, and limits of normal that are close together beside them.
        for (var i = 0; i < 2; i++)
        {
            using var answer = await http.PostAsJsonAsync("/api/v1/points", Enumerable.Range(0, 12).Select(k => new { sensorId = $"s{k}", value = (k * 100) + 0.8 + (i * 8.4) }));
            answer.EnsureSuccessStatusCode();
        }

        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, "/", 1280, 600);
        await live.Page.WaitForFunctionAsync("document.querySelector('.js-plotly-plot')?.data?.[11]?.x?.length > 1 && document.querySelectorAll('[class^=y][class$=tick] text').length > 12");
        var overlapping = await live.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('[class^=y][class$=tick] text')]
              .map(text => ({ text, ...text.getBoundingClientRect().toJSON() })).sort((a, b) => a.top - b.top)
              .filter((number, i, all) => i > 0 && number.top < all[i - 1].bottom - 3).map(number => number.text.textContent)
            """);

        Assert.Empty(overlapping);
    }

    [Fact]
    public async Task Plotly_is_read_before_a_chart_asks_for_it_and_once()
    {
        await using var server = await LiveVizServer.StartAsync();
        // A page without a chart.
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, "/sources");
        await live.Page.WaitForFunctionAsync("window.Plotly !== undefined");

        await live.Page.Locator(".rail a").First.ClickAsync();

        await live.SeeTracesGrowAsync(NearlyAll);
        Assert.True(await live.IsSameLoadAsync());
        Assert.Equal(1, await live.EvaluateAsync<int>("performance.getEntriesByType('resource').filter(entry => /plotly-[a-z]*-?[0-9].*js/.test(entry.name) && !entry.name.includes('interop')).length"));
        live.AssertQuiet();
    }

    [Fact]
    public async Task Charts_have_the_colours_of_the_theme_before_and_after_it_changes()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address);
        await live.SeeTracesGrowAsync(NearlyAll);
        const string drawn = """
            [...document.querySelectorAll('.js-plotly-plot')].map(gd => {
              const line = getComputedStyle(gd.querySelector('.scatterlayer .js-line')).stroke, page = getComputedStyle(gd).color;
              return [gd._fullLayout.font.color === page, line].join();
            })
            """;
        var before = await live.EvaluateAsync<string[]>(drawn);

        await live.Page.Locator("button[aria-label$='theme']").ClickAsync();
        await live.Page.WaitForFunctionAsync("before => document.querySelectorAll('.js-plotly-plot').length === before.length && " + drawn + ".every((now, i) => now.startsWith('true') && now !== before[i])", before);

        Assert.All(before, chart => Assert.StartsWith("true", chart, StringComparison.Ordinal));
        live.AssertQuiet();
    }

    [Fact]
    public async Task Overview_through_a_proxy_that_refuses_WebSockets_grows_by_long_polling()
    {
        // The page comes from one server and its data from another, both through proxies: nothing gets a WebSocket.
        await using var factory = await LiveVizServer.StartAsync();
        await using var dataProxy = new NetworkBetween(factory.Address, refusesWebSockets: true);
        await using var server = await LiveVizServer.StartAsync($"LiveViz:OwnAddress={dataProxy.Address}");
        await using var pageProxy = new NetworkBetween(server.Address, refusesWebSockets: true);
        await using var live = await LivePage.OpenAsync(fixture.Browser, pageProxy.Address);

        await live.SeeTracesGrowAsync(NearlyAll);

        await live.Page.Locator(".statusline", new() { HasText = "long polling · data long polling" }).WaitForAsync();
        Assert.True(dataProxy.Refused > 0 && pageProxy.Refused > 0);
    }

    [Fact]
    public async Task Circuit_that_is_cut_says_so_and_goes_on_without_a_reload()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var network = new NetworkBetween(server.Address);
        await using var live = await LivePage.OpenAsync(fixture.Browser, network.Address);
        await live.SeeTracesGrowAsync(NearlyAll);

        network.Cut();
        await live.Page.Locator("#circuit-lost", new() { HasText = "No connection to LiveViz since" }).WaitForAsync();
        await Task.Delay(2500);
        network.Mend();

        await live.Page.Locator("#circuit-lost").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await live.SeeTracesGrowAsync(NearlyAll);
        Assert.True(await live.IsSameLoadAsync());
    }

    [Fact]
    public async Task Circuit_that_reaches_its_server_and_is_cut_again_before_it_stands_goes_on_without_a_reload()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var network = new NetworkBetween(server.Address);
        await using var live = await LivePage.OpenAsync(fixture.Browser, network.Address);
        await live.SeeTracesGrowAsync(NearlyAll);

        network.CutAt("/_blazor?id=");
        network.CutOpen();
        await Eventually.TrueAsync(() => network.Refused > 3);
        await live.Page.Locator("#circuit-lost", new() { HasText = "No connection to LiveViz since" }).WaitForAsync();
        // Longer than a page that has failed waits until it is loaded anew.
        await Task.Delay(5000);
        network.Mend();

        await live.SeeTracesGrowAsync(NearlyAll);
        Assert.True(await live.IsSameLoadAsync());
    }

    [Theory]
    [InlineData("/_blazor/initializers")]
    [InlineData("/_blazor/negotiate")]
    [InlineData("/_blazor?id=")]
    [InlineData("StartCircuit")]
    public async Task Page_that_cannot_connect_when_it_is_opened_is_loaded_anew_when_it_can(string address)
    {
        await using var server = await LiveVizServer.StartAsync();
        // What goes over a WebSocket cannot be read on the way.
        await using var network = new NetworkBetween(server.Address, refusesWebSockets: address == "StartCircuit");
        network.CutAt(address);
        await using var live = await LivePage.OpenAsync(fixture.Browser, network.Address);
        await live.Page.Locator("#circuit-lost", new() { HasText = "No connection to LiveViz yet" }).WaitForAsync();
        network.Cut();
        await Task.Delay(3000);

        network.Mend();

        await live.SeeTracesGrowAsync(NearlyAll);
    }

    [Fact]
    public async Task Hub_that_is_cut_says_so_and_goes_on_without_a_reload()
    {
        await using var source = await LiveVizServer.StartAsync();
        await using var network = new NetworkBetween(source.Address);
        await using var server = await LiveVizServer.StartAsync($"LiveViz:OwnAddress={network.Address}");
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address);
        await live.SeeTracesGrowAsync(NearlyAll);

        network.Cut();
        await live.Page.Locator(".band", new() { HasText = "No data from the hub since" }).WaitForAsync();
        await live.Page.Locator(".liveviz-chart figcaption", new() { HasText = "Reconnecting. This is the picture of" }).First.WaitForAsync();
        network.Mend();

        await live.Page.Locator(".band").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await live.SeeTracesGrowAsync(NearlyAll);
        Assert.Equal(0, await live.Page.Locator(".liveviz-chart figcaption").CountAsync());
        Assert.True(await live.IsSameLoadAsync());
    }

    [Fact]
    public async Task Server_that_is_restarted_is_found_again_by_the_page_itself()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, "/?range=5m");
        await live.SeeTracesGrowAsync(NearlyAll);

        await server.KillAsync();
        await live.Page.Locator("#circuit-lost", new() { HasText = "No connection to LiveViz since" }).WaitForAsync();
        await server.StartAsync();

        await live.SeeTracesGrowAsync(NearlyAll);
        Assert.Equal("5m", await live.Page.Locator(".ranges .chosen").InnerTextAsync());
    }

    [Fact]
    public async Task Sensor_page_shows_its_past_at_once_in_the_viewers_local_time()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using (var before = await LivePage.OpenAsync(fixture.Browser, server.Address))
        {
            await before.SeeTracesGrowAsync(NearlyAll);
            await Task.Delay(5000);
        }

        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, "/sensors/boiler-1-steam-pressure");
        await live.SeeTracesGrowAsync(1);

        var spanMilliseconds = await live.EvaluateAsync<double>(
            "(() => { const x = document.querySelector('.js-plotly-plot').data[0].x; return x[x.length - 1] - x[0]; })()");
        Assert.True(spanMilliseconds > 5000, $"{spanMilliseconds} ms of the past");
        // Kolkata is half an hour off every whole-hour zone: a label of UTC could not pass for it.
        var label = await live.Page.Locator(".xaxislayer-above text, .xtick text").First.TextContentAsync();
        var local = TimeOnly.Parse(label!, System.Globalization.CultureInfo.InvariantCulture);
        var expected = TimeOnly.FromDateTime(DateTime.UtcNow.AddMinutes(330));
        Assert.True(Math.Abs((expected - local).TotalMinutes) < 3 || Math.Abs((local - expected).TotalMinutes) < 3, $"{label} at {expected}");
    }

    [Fact]
    public async Task Page_that_hears_nothing_from_its_server_does_not_look_alive()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var network = new NetworkBetween(server.Address);
        await using var live = await LivePage.OpenAsync(fixture.Browser, network.Address);
        await live.SeeTracesGrowAsync(NearlyAll);

        // Nothing is cut: it is as if the server stood still, which no socket tells.
        network.Hold();
        await live.Page.Locator("body.is-cut #circuit-lost", new() { HasText = "This is the picture of that time" })
            .WaitForAsync(new() { Timeout = 8000 });
        network.Mend();

        await live.Page.Locator("#circuit-lost").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await live.SeeTracesGrowAsync(NearlyAll);
    }

    [Fact]
    public async Task Page_whose_part_on_the_server_has_failed_says_so_and_is_loaded_anew()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var network = new NetworkBetween(server.Address);
        await using var live = await LivePage.OpenAsync(fixture.Browser, network.Address);
        await live.SeeTracesGrowAsync(NearlyAll);

        // Whatever throws in a component ends the circuit; here it is what the theme button calls.
        await live.EvaluateAsync("void (liveviz.setDark = () => { throw new Error('as in a failing page'); })");
        await live.Page.Locator("button[aria-label$='theme']").ClickAsync();

        await live.Page.Locator("#circuit-lost", new() { HasText = "This page has failed" }).WaitForAsync();
        // Loaded anew now it would be the browser's page for a server that is not there.
        network.Cut();
        await Task.Delay(6000);
        Assert.True(await live.Page.Locator("#circuit-lost").IsVisibleAsync());
        network.Mend();
        await live.SeeTracesGrowAsync(NearlyAll);
        Assert.False(await live.IsSameLoadAsync());
    }

    [Fact]
    public async Task Ranges_changed_in_haste_and_pages_left_leave_a_page_that_works()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address);
        for (var i = 0; i < 14; i++)
        {
            // The last two, Compare and Sources, have no chart and so no range.
            if (i % 7 != 6 && i != 7)
            {
                await live.Page.Locator(".ranges button").Nth(i % 4).ClickAsync();
            }

            await live.Page.Locator(".rail a").Nth(i % 7).ClickAsync();
        }

        await live.Page.Locator(".rail a.active", new() { HasText = "Sources" }).WaitForAsync();
        await live.Page.Locator(".rail a").Nth(1).ClickAsync();
        await live.Page.Locator(".rail a.active", new() { HasText = "Boiler house" }).WaitForAsync();
        await live.Page.Locator(".rail a").First.ClickAsync();
        await live.Page.Locator(".ranges button").First.ClickAsync();

        await live.SeeTracesGrowAsync(NearlyAll);
        Assert.True(await live.IsSameLoadAsync());
        live.AssertQuiet();
    }

    [Fact]
    public async Task Source_that_fails_is_on_the_status_line_and_explained_on_its_page()
    {
        await using var server = await LiveVizServer.StartAsync(
            "LiveViz:Sources:1:Type=CsvReplay", "LiveViz:Sources:1:Name=Rig", "LiveViz:Sources:1:Path=no-such-file.csv");
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address);

        await live.Page.Locator(".statusline a", new() { HasText = "Rig: failed" }).ClickAsync();

        await live.Page.Locator(".reason", new() { HasText = "no-such-file.csv" }).WaitForAsync();
        await live.Page.Locator(".reason", new() { HasText = "It is started again in" }).WaitForAsync();
    }

    [Sources.SharedDataFact("skab/valve1-0.csv")]
    public async Task Replayed_rig_shows_its_eight_sensors_moving_and_says_that_it_is_a_recording()
    {
        await using var server = await LiveVizServer.StartAsync(
            "LiveViz:Sources:0:Type=CsvReplay", $"LiveViz:Sources:0:Path={Sources.SharedData.Find("skab/valve1-0.csv")}", "LiveViz:Sources:0:Speed=10");
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address);

        await live.SeeTracesGrowAsync(8);

        Assert.Equal(8, await live.Page.Locator("[data-sensor]").CountAsync());
        await live.Page.Locator(".panel h2", new() { HasText = "valve1-0" }).WaitForAsync();
        await live.Page.Locator(".recording").WaitForAsync();
        live.AssertQuiet();
    }
}
