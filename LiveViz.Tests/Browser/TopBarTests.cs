using System.Globalization;
using LiveViz.Tests.Running;
using Microsoft.Playwright;

namespace LiveViz.Tests.Browser;

/// <summary>What the top bar says of the charts, and what a person sets there.</summary>
[Collection(BrowserTests.Name)]
[Trait("Category", "Browser")]
public sealed class TopBarTests(BrowserFixture fixture)
{
    [Theory]
    [InlineData(0)]
    [InlineData(-3_600_000)]
    public async Task Badge_says_how_old_the_newest_sample_is_and_by_which_stages_whatever_the_browsers_clock_says(int clockAhead)
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Sources:0:Rate=20");
        await using var network = new NetworkBetween(server.Address);
        await using var live = await LivePage.OpenAsync(fixture.Browser, network.Address);
        await live.Page.Context.AddInitScriptAsync($"(() => {{ const now = Date.now; Date.now = () => now() + {clockAhead}; }})()");
        await live.Page.ReloadAsync();
        await live.Page.Locator(".age-badge[data-age=live] summary", new() { HasTextRegex = new(@"^\s*live, \d+ ms\s*$") }).WaitForAsync();

        await live.Page.Locator(".age-badge summary").FocusAsync();
        await live.Page.Keyboard.PressAsync("Enter");
        await live.Page.Locator("[data-stage=clocks]", new() { HasTextRegex = new(@"± \d+ ms") }).WaitForAsync();
        var stages = new Dictionary<string, double>();
        foreach (var stage in new[] { "source", "hub", "screen", "whole" })
        {
            var text = await live.Page.Locator($"[data-stage={stage}]").InnerTextAsync();
            stages[stage] = double.Parse(text.Replace(" ms", "", StringComparison.Ordinal).Replace('−', '-'), CultureInfo.InvariantCulture);
        }

        Assert.InRange(stages["hub"], 0, 900);
        Assert.InRange(stages["screen"], 0, 900);
        // Each is the median of some, and rounded.
        Assert.InRange(stages["whole"], stages["source"] + stages["hub"] + stages["screen"] - 150, stages["source"] + stages["hub"] + stages["screen"] + 150);
        await live.Page.Keyboard.PressAsync("Escape");
        Assert.Null(await live.Page.Locator(".age-badge").GetAttributeAsync("open"));

        network.Hold();
        await live.Page.Locator(".age-badge[data-age=silent] summary", new() { HasTextRegex = new(@"newest .+ s old") }).WaitForAsync();
        network.Mend();
        await live.Page.Locator(".age-badge[data-age=live]").WaitForAsync();
        await live.Page.Locator("button.hold").ClickAsync();
        await live.Page.Locator(".age-badge[data-age=held] summary", new() { HasText = "held" }).WaitForAsync();
    }

    [Fact]
    public async Task Range_of_ones_own_is_set_by_keyboard_and_is_part_of_the_address()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, "/sensors/boiler-1-steam-pressure");
        await live.SeeTracesGrowAsync(1);

        await live.Page.Locator(".ranges .own").FocusAsync();
        await live.Page.Keyboard.PressAsync("Enter");
        await live.Page.Locator(".own-range input[type=number]:focus").WaitForAsync();
        await live.Page.Keyboard.PressAsync("ControlOrMeta+a");
        await live.Page.Keyboard.TypeAsync("20");
        await live.Page.Keyboard.PressAsync("Enter");

        await live.Page.WaitForFunctionAsync("Math.round((r => r[1] - r[0])(document.querySelector('.js-plotly-plot')?.layout?.xaxis?.range ?? [0, 0])) === 1200000");
        Assert.Contains("range=20m", live.Page.Url, StringComparison.Ordinal);
        Assert.Equal("20m", await live.Page.Locator(".ranges .chosen").InnerTextAsync());
        await live.Page.ReloadAsync();
        await live.Page.Locator(".ranges .chosen", new() { HasText = "20m" }).WaitForAsync();
        await live.SeeTracesGrowAsync(1);
        live.AssertQuiet();
    }

    [Fact]
    public async Task Sensors_of_several_units_are_compared_in_one_plot_painted_as_plotly_draws_it()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, "/sensors/boiler-1-steam-pressure");
        await live.Page.Locator("a", new() { HasText = "Compare with others" }).ClickAsync();
        string[] others = ["compressor-1-motor-current", "boiler-1-flue-gas-temperature"];
        foreach (var id in others)
        {
            // The second before the first has come back in the address.
            await live.Page.Locator("select[aria-label='Add a sensor']").SelectOptionAsync(id);
        }

        foreach (var id in others)
        {
            await live.SeeAddressAsync(id);
        }

        await live.SeeTracesGrowAsync(3);
        await live.Page.WaitForFunctionAsync("document.querySelector('.liveviz-edge')?.hasAttribute('d')");
        var axes = await live.EvaluateAsync<string[]>(
            "(layout => ['yaxis', 'yaxis2', 'yaxis3'].map(axis => layout[axis].title.text + ' ' + layout[axis].side))(document.querySelector('.js-plotly-plot')._fullLayout)");

        Assert.Equal(["bar left", "A right", "°C left"], axes);
        // Each trace lies in the plot of its own axis, and its newest piece with it.
        Assert.Equal(3, await live.EvaluateAsync<int>("[...document.querySelectorAll('.scatterlayer')].filter(layer => layer.querySelector('.js-line') && layer.querySelector('.liveviz-edge')).length"));
        Assert.Equal(3, await live.EvaluateAsync<int>("new Set(document.querySelector('.js-plotly-plot').data.slice(0, 3).map(trace => trace.line.color)).size"));
        await live.Page.ReloadAsync();
        await live.SeeTracesGrowAsync(3);
        live.AssertQuiet();
    }

    [Fact]
    public async Task Sensors_of_one_plot_that_are_silent_fade_and_say_since_when()
    {
        var rows = Enumerable.Range(0, 40).Select(i => $"2026-03-01T12:00:{i:00}Z,{i % 3},{i % 5}");
        using var recording = new Sources.CsvReplay.TempCsv("timestamp,one,two\n" + string.Join('\n', rows) + "\n");
        await using var server = await LiveVizServer.StartAsync(
            "LiveViz:StaleAfter=00:00:01", "LiveViz:Sources:0:Type=CsvReplay", $"LiveViz:Sources:0:Path={recording.Path}", "LiveViz:Sources:0:Speed=0", "LiveViz:Sources:0:Loop=false");
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, "/compare?sensors=one&sensors=two");

        // Kolkata is five and a half hours ahead of UTC.
        await live.Page.Locator(".liveviz-silent", new() { HasTextRegex = new("^one: no value since .*17:30:39$") }).WaitForAsync();
        await live.Page.Locator(".liveviz-silent", new() { HasTextRegex = new("^two: no value since") }).WaitForAsync();
        Assert.Equal(0.35, await live.EvaluateAsync<double>("document.querySelector('.js-plotly-plot').data[0].opacity"));
        live.AssertQuiet();
    }

    [Fact]
    public async Task Span_is_held_from_one_time_of_the_viewers_clock_to_another()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, "/sensors/boiler-1-steam-pressure");
        await live.SeeTracesGrowAsync(1);

        await live.Page.Locator(".ranges .own").ClickAsync();
        await live.Page.Locator("input[type=datetime-local]").Nth(0).FillAsync("2026-03-01T12:00");
        await live.Page.Locator("input[type=datetime-local]").Nth(1).FillAsync("2026-03-01T11:00");
        await live.Page.Locator(".own-range button", new() { HasText = "Hold" }).ClickAsync();
        await live.Page.Locator(".own-range [role=alert]", new() { HasText = "after the beginning" }).WaitForAsync();
        await live.Page.Locator("input[type=datetime-local]").Nth(1).FillAsync("2026-03-01T13:30");
        await live.Page.Locator(".own-range button", new() { HasText = "Hold" }).ClickAsync();

        await live.Page.Locator("[data-state=held]").First.WaitForAsync();
        // Kolkata is five and a half hours ahead of UTC.
        var from = (long)(new DateTime(2026, 3, 1, 6, 30, 0) - DateTime.UnixEpoch).TotalMilliseconds;
        await live.SeeAddressAsync($"from={from}&to={from + 5_400_000}");
        Assert.Equal(0, await live.Page.Locator(".own-range").CountAsync());
    }
}
