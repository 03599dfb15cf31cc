using System.Text.Json;
using LiveViz.Tests.Running;
using Microsoft.Playwright;

namespace LiveViz.Tests.Browser;

/// <summary>What a person does with a chart while it runs, and what is painted between plotly's own drawings.</summary>
[Collection(BrowserTests.Name)]
[Trait("Category", "Browser")]
public sealed class ChartInteractionTests(BrowserFixture fixture)
{
    private const string SensorPage = "/sensors/boiler-1-steam-pressure";

    [Fact]
    public async Task What_is_painted_looks_as_plotly_draws_it()
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Sources:0:Rate=100");
        await using var network = new NetworkBetween(server.Address);
        await using var live = await LivePage.OpenAsync(fixture.Browser, network.Address, SensorPage);
        await live.SeeTracesGrowAsync(1);
        // Long enough after a drawing that there is something painted, a time at the axis among it, and then nothing new, so
        // that both show the same.
        await live.Page.WaitForFunctionAsync(
            "(() => { if (!document.querySelector('.liveviz-tick')) return false; const edge = document.querySelector('.liveviz-edge'); const moved = document.querySelector('.scatterlayer')?.getAttribute('transform'); return edge?.hasAttribute('d') && Number(/-([\\d.]+)/.exec(moved)?.[1]) > 12; })()");
        network.Hold();
        await Task.Delay(700);
        var plot = live.Page.Locator(".js-plotly-plot");

        var painted = await plot.ScreenshotAsync();
        var hadEdge = await live.EvaluateAsync<bool>("document.querySelector('.liveviz-edge').hasAttribute('d')");
        await live.EvaluateAsync($"async () => {{ (await import('{LivePage.Module}')).settle(document.querySelector('.js-plotly-plot').id); await new Promise(r => setTimeout(r, 300)); }}");
        await live.EvaluateAsync("document.querySelectorAll('.liveviz-edge, .liveviz-tick').forEach(edge => edge.remove())");
        var drawn = await plot.ScreenshotAsync();

        Assert.True(hadEdge);
        var compared = await CompareAsync(live, painted, drawn);
        // plotly leaves out points that change a line by less than it shows, and lines are smoothed at other fractions of a
        // pixel: some differ. Where a piece is missing they stand alone, and a picture that is off differs less when it is moved.
        Assert.True(compared.Ink > 1000, $"{compared}");
        Assert.True(compared.Alone < 10, $"{compared}");
        Assert.True(compared.Different < compared.DifferentMoved / 2, $"{compared}");
    }

    [Fact]
    public async Task Times_are_painted_also_where_plotly_has_hidden_the_first_of_them()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, "/sources");

        // As plotly leaves it where a chart is so narrow that its edge would cut the first.
        var model = await live.EvaluateAsync<string>(
            """
            async () => {
              const gd = document.createElement('div');
              gd.innerHTML = '<svg><g class="xaxislayer-above"><g class="xtick"><text style="font-size: 11px; display: none;">12:00</text></g><g class="xtick"><text>12:01</text></g></g></svg>';
              return (await import('/_content/LiveViz/livePaint.js')).ticksOf(gd).model.getAttribute('style');
            }
            """);

        Assert.Equal("font-size: 11px;", model);
    }

    [Fact]
    public async Task Drag_zooms_and_holds_all_charts_at_the_same_span_until_let_go()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address);
        await live.SeeTracesGrowAsync(23);
        await Task.Delay(4000);

        await DragAsync(live.Page, ".js-plotly-plot", 0.85, 0.98);
        await live.Page.Locator(".band.held", new() { HasText = "Charts are held at" }).WaitForAsync();
        await live.Page.WaitForFunctionAsync("document.querySelectorAll('[data-state=held]').length === 4");
        await live.Page.WaitForFunctionAsync(
            "new Set([...document.querySelectorAll('.js-plotly-plot')].map(gd => gd.layout.xaxis.range.map(Math.round).join())).size === 1");
        var held = await RangeAsync(live);
        Assert.InRange(held[1] - held[0], 60_000 * 0.12, 60_000 * 0.14);
        await Task.Delay(2500);
        Assert.Equal(held, await RangeAsync(live));
        Assert.Contains("from=", live.Page.Url, StringComparison.Ordinal);

        await live.Page.Locator(".band.held button").ClickAsync();

        await live.SeeTracesGrowAsync(23);
        Assert.Equal(0, await live.Page.Locator(".band.held").CountAsync());
        Assert.DoesNotContain("from=", live.Page.Url, StringComparison.Ordinal);
        live.AssertQuiet();
    }

    [Fact]
    public async Task Link_to_a_span_that_is_held_opens_at_that_span_with_its_details()
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Sources:0:Rate=50");
        await Task.Delay(4000);
        var to = (long)(DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, $"{SensorPage}?range=5m&from={to - 2000}&to={to}");

        await live.Page.Locator("[data-state=held]").WaitForAsync();
        await live.Page.WaitForFunctionAsync("document.querySelector('.js-plotly-plot')?.data?.[0].x?.length > 90");

        Assert.Equal([to - 2000, to], (await RangeAsync(live)).Select(time => Math.Round(time)));
        Assert.Equal("5m", await live.Page.Locator(".ranges .chosen").InnerTextAsync());
        live.AssertQuiet();
    }

    [Fact]
    public async Task Crosshair_stands_at_one_time_in_all_charts_and_tells_every_sensor()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address);
        await live.SeeTracesGrowAsync(23);
        await Task.Delay(3000);
        var box = (await live.Page.Locator(".js-plotly-plot").First.BoundingBoxAsync())!;

        await live.Page.Mouse.MoveAsync(box.X + box.Width * 0.97f, box.Y + box.Height / 2);

        await live.Page.WaitForFunctionAsync("[...document.querySelectorAll('.liveviz-cross')].filter(cross => !cross.hidden).length === 4");
        var told = await live.Page.Locator(".liveviz-cross table").AllInnerTextsAsync();
        Assert.Single(told.Select(text => text.Split('\n')[0].Trim()).Distinct());
        Assert.All(told, text => Assert.Equal(7, text.Trim().Split('\n').Length));
        Assert.Contains("Boiler 1 steam pressure", told[0], StringComparison.Ordinal);
        Assert.Matches(@"\d bar", told[0]);
        await live.Page.Mouse.MoveAsync(5, 5);
        await live.Page.WaitForFunctionAsync("[...document.querySelectorAll('.liveviz-cross')].every(cross => cross.hidden)");
    }

    [Fact]
    public async Task Keys_hold_zoom_move_the_crosshair_and_go_back_to_live()
    {
        await using var server = await LiveVizServer.StartAsync();
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, SensorPage);
        await live.SeeTracesGrowAsync(1);
        await live.Page.Locator("figure.liveviz-chart").FocusAsync();

        await live.Page.Keyboard.PressAsync("Space");
        await live.Page.Locator("[data-state=held]").WaitForAsync();
        await live.Page.WaitForFunctionAsync("Math.round((r => r[1] - r[0])(document.querySelector('.js-plotly-plot').layout.xaxis.range)) === 60000");
        await live.Page.Keyboard.PressAsync("+");
        await live.Page.WaitForFunctionAsync("Math.round((r => r[1] - r[0])(document.querySelector('.js-plotly-plot').layout.xaxis.range)) === 30000");
        await live.Page.Keyboard.PressAsync("ArrowRight");
        await live.Page.Locator(".liveviz-said", new() { HasTextRegex = new("Boiler 1 steam pressure .*(bar|no value)") }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await live.Page.Keyboard.PressAsync("Home");
        await live.Page.Locator("[data-state=live]").WaitForAsync();

        await live.SeeTracesGrowAsync(1);
        live.AssertQuiet();
    }

    [Fact]
    public async Task Pause_loses_nothing()
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Sources:0:Rate=20");
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, SensorPage);
        await live.SeeTracesGrowAsync(1);

        await live.Page.Locator("button.hold").ClickAsync();
        await live.Page.Locator("[data-state=held]").WaitForAsync();
        await Task.Delay(4000);
        await live.Page.Locator("button.hold").ClickAsync();
        await live.Page.Locator("[data-state=live]").WaitForAsync();
        await live.SeeTracesGrowAsync(1);

        // At twenty samples a second no two neighbours are far apart, unless something is missing.
        var widest = await live.EvaluateAsync<double>(
            "(() => { const x = document.querySelector('.js-plotly-plot').data[0].x; let widest = 0; for (let i = 1; i < x.length; i++) widest = Math.max(widest, x[i] - x[i - 1]); return widest; })()");
        Assert.InRange(widest, 1, 600);
    }

    [Fact]
    public async Task Chart_is_taken_away_as_picture_and_as_every_sample_behind_it()
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Sources:0:Rate=50");
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, SensorPage);
        await live.SeeTracesGrowAsync(1);
        await Task.Delay(2000);
        await live.Page.Locator("figure.liveviz-chart").HoverAsync();
        await live.Page.Locator(".liveviz-menu summary").ClickAsync();

        var csv = await SaveAsync("all");
        var lines = csv.Trim().Split('\n');
        var times = lines.Skip(1).Select(line => DateTime.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal("timestamp,sensor,value,unit,quality", lines[0]);
        Assert.True(lines.Length > 100 && lines.Skip(1).All(line => line.Contains(",boiler-1-steam-pressure,", StringComparison.Ordinal)), csv[..200]);
        Assert.Equal(times.Order(), times);
        Assert.Contains("<svg", await SaveAsync("svg"), StringComparison.Ordinal);
        Assert.StartsWith("\u0089PNG", await SaveAsync("png"), StringComparison.Ordinal);
        live.AssertQuiet();

        async Task<string> SaveAsync(string kind)
        {
            var download = await live.Page.RunAndWaitForDownloadAsync(() => live.Page.Locator($"[data-save={kind}]").ClickAsync());
            return await File.ReadAllTextAsync((await download.PathAsync())!, kind == "png" ? System.Text.Encoding.Latin1 : System.Text.Encoding.UTF8);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gap_is_open_and_hatched_for_as_long_as_it_was_and_uncertain_samples_are_dashed(bool isTold)
    {
        // Rows without a value; or none at all, after an uncertain one.
        var rows = Enumerable.Range(0, 60).Where(i => isTold || i is < 20 or >= 30)
            .Select(i => $"2026-03-01T12:00:{i:00}Z,rig,{(i is >= 20 and < 30 ? "" : $"{10 + i % 3}")},{(i is >= 50 || (i == 19 && !isTold) ? "Uncertain" : "Good")}");
        using var recording = new Sources.CsvReplay.TempCsv("timestamp,sensor,value,quality\n" + string.Join('\n', rows) + "\n");
        await using var server = await LiveVizServer.StartAsync(
            "LiveViz:Sources:0:Type=CsvReplay", $"LiveViz:Sources:0:Path={recording.Path}", "LiveViz:Sources:0:Speed=0", "LiveViz:Sources:0:Loop=false");
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, "/sensors/rig");

        await live.Page.Locator(".liveviz-gap").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var part = await live.EvaluateAsync<double>(
            "document.querySelector('.liveviz-gap').offsetWidth / document.querySelector('.js-plotly-plot')._fullLayout._size.w");
        var drawn = await live.EvaluateAsync<JsonElement>(
            "(() => { const [certain, uncertain] = document.querySelector('.js-plotly-plot').data; return { certain: certain.y, uncertain: uncertain.y, dash: uncertain.line.dash }; })()");

        // From the last value to the next: eleven seconds of sixty.
        Assert.InRange(part, 10.5 / 60, 11.5 / 60);
        Assert.Contains(drawn.GetProperty("certain").EnumerateArray(), y => y.ValueKind == JsonValueKind.Null);
        Assert.Equal(isTold ? 11 : 13, drawn.GetProperty("uncertain").EnumerateArray().Count(y => y.ValueKind == JsonValueKind.Number));
        Assert.Equal("3px,3px", drawn.GetProperty("dash").GetString());
    }

    [Fact]
    public async Task What_arrived_late_is_told_from_the_rest_and_what_is_reduced_has_its_band()
    {
        // A hundred samples a second, and those of seconds 20 to 30 after those of second 39.
        var samples = Enumerable.Range(0, 6000).ToList();
        var arrived = samples.Where(i => i is < 2000 or >= 3000 and < 4000).Concat(samples.Where(i => i is >= 2000 and < 3000)).Concat(samples.Where(i => i >= 4000));
        var start = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
        using var recording = new Sources.CsvReplay.TempCsv(
            "timestamp,sensor,value\n" + string.Join('\n', arrived.Select(i => FormattableString.Invariant($"{start.AddMilliseconds(10 * i):O},rig,{i % 7}"))) + "\n");
        await using var server = await LiveVizServer.StartAsync(
            "LiveViz:Sources:0:Type=CsvReplay", $"LiveViz:Sources:0:Path={recording.Path}", "LiveViz:Sources:0:Speed=0", "LiveViz:Sources:0:Loop=false");
        await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, "/sensors/rig");

        await live.Page.WaitForFunctionAsync("document.querySelector('.js-plotly-plot')?.data?.[2].x?.length > 10");
        var late = await live.EvaluateAsync<double[]>("(x => [x[0], x[x.length - 1]])(document.querySelector('.js-plotly-plot').data[2].x)");
        var band = await live.EvaluateAsync<double[]>(
            "(() => { const gd = document.querySelector('.js-plotly-plot'), all = [...gd.querySelectorAll('.liveviz-edge[style*=fill-opacity]')].map(path => path.getBBox()); const { w } = gd._fullLayout._size, axis = gd._fullLayout.yaxis; return [all.reduce((sum, box) => sum + box.width, 0) / w, Math.max(...all.map(box => box.height)) / axis._length * (axis.range[1] - axis.range[0])]; })()");

        var begin = (start - DateTime.UnixEpoch).TotalMilliseconds;
        Assert.InRange(late[0] - begin, 19_000, 20_000);
        Assert.InRange(late[1] - begin, 29_000, 30_000);
        // From the lowest to the highest of every bucket, but the last, which is not over.
        Assert.InRange(band[0], 0.97, 1.01);
        Assert.Equal(6, band[1], 2);
        // A picture of it shows the band too, of more than an edge.
        await live.Page.Locator("figure.liveviz-chart").HoverAsync();
        await live.Page.Locator(".liveviz-menu summary").ClickAsync();
        var saved = await live.Page.RunAndWaitForDownloadAsync(() => live.Page.Locator("[data-save=svg]").ClickAsync());
        var picture = await File.ReadAllTextAsync((await saved.PathAsync())!);
        Assert.Matches("class=\"js-fill\" d=\"M[^\"]{1000}", picture);
        Assert.Matches(">rig · (28 Feb|1 Mar|2 Mar) 2026, [0-9:]{8} to ", picture);
        var box = (await live.Page.Locator(".js-plotly-plot").BoundingBoxAsync())!;
        await live.Page.Mouse.MoveAsync(box.X + box.Width * 0.9f, box.Y + box.Height / 2);
        await live.Page.Locator(".liveviz-cross table").WaitForAsync();
        Assert.DoesNotContain("late", await live.Page.Locator(".liveviz-cross table").InnerTextAsync(), StringComparison.Ordinal);
        await live.Page.Mouse.MoveAsync(box.X + box.Width * 0.45f, box.Y + box.Height / 2);
        await live.Page.Locator(".liveviz-cross", new() { HasText = ", arrived late" }).WaitForAsync();
        live.AssertQuiet();
    }

    private static async Task DragAsync(IPage page, string selector, double from, double to)
    {
        var box = (await page.Locator(selector).First.BoundingBoxAsync())!;
        var y = box.Y + box.Height / 2;
        await page.Mouse.MoveAsync(box.X + 48 + (box.Width - 60) * (float)from, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 48 + (box.Width - 60) * (float)to, y, new() { Steps = 8 });
        await page.Mouse.UpAsync();
    }

    private static Task<double[]> RangeAsync(LivePage live) => live.EvaluateAsync<double[]>("document.querySelector('.js-plotly-plot').layout.xaxis.range");

    /// <summary>
    /// How many pixels are dark in the second picture; how many are in one of them without a dark one beside them in the other;
    /// and how many differ, as the pictures are, and at the least when one of them is moved by a pixel.
    /// </summary>
    private static async Task<(int Ink, int Alone, int Different, int DifferentMoved)> CompareAsync(LivePage live, byte[] one, byte[] other)
    {
        var counts = await live.EvaluateAsync<JsonElement>(
            """
            async pictures => {
              const [a, b] = await Promise.all(pictures.map(async png => {
                const bitmap = await createImageBitmap(await (await fetch('data:image/png;base64,' + png)).blob());
                const { width, height } = bitmap;
                const canvas = new OffscreenCanvas(width, height).getContext('2d');
                canvas.drawImage(bitmap, 0, 0);
                const { data } = canvas.getImageData(0, 0, width, height);
                const dark = Array.from({ length: width * height }, (_, i) => Math.min(data[4 * i], data[4 * i + 1], data[4 * i + 2]) < 150);
                return { dark, width };
              }));
              const { width } = b, around = [-1, 0, 1].flatMap(y => [-1, 0, 1].map(x => y * width + x));
              const count = (all, when) => all.reduce((sum, value, i) => sum + (when(value, i) ? 1 : 0), 0);
              const alone = (all, others) => count(all, (isDark, i) => isDark && !around.some(step => others[i + step]));
              const different = step => count(a.dark, (isDark, i) => isDark !== !!b.dark[i + step]);
              return {
                ink: count(b.dark, isDark => isDark), alone: alone(a.dark, b.dark) + alone(b.dark, a.dark),
                different: different(0), moved: Math.min(...[1, -1, width, -width].map(different)),
              };
            }
            """,
            new[] { Convert.ToBase64String(one), Convert.ToBase64String(other) });
        return (Count("ink"), Count("alone"), Count("different"), Count("moved"));

        int Count(string name) => counts.GetProperty(name).GetInt32();
    }
}
