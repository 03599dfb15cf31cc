using System.Text.RegularExpressions;
using LiveViz.Tests.Running;
using Microsoft.Playwright;

namespace LiveViz.Tests.Browser;

/// <summary>Half a minute of all that a person does to charts, in an order that a seed fixes; ten minutes of it are in benchmarks/Drawing.</summary>
[Collection(BrowserTests.Name)]
[Trait("Category", "Browser")]
public sealed partial class RestlessHandTests(BrowserFixture fixture)
{
    private const int Seed = 7;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(35);
    private static readonly string[] Keys = ["+", "-", "ArrowLeft", "Shift+ArrowRight", " ", "Home", "Escape"];

    [Fact]
    public async Task Page_under_a_restless_hand_complains_of_nothing_and_is_live_afterwards()
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Sources:0:Rate=20");
        await using var network = new NetworkBetween(server.Address);
        await using var live = await LivePage.OpenAsync(fixture.Browser, network.Address);
        await live.SeeTracesGrowAsync(20);
        // The same order each time, whatever each takes.
#pragma warning disable CA5394
        var random = new Random(Seed);
        Func<Task>[] acts =
        [
            () => DragAsync(live.Page, random),
            () => live.Page.Locator("figure.liveviz-chart").Nth(random.Next(4)).PressAsync(Keys[random.Next(Keys.Length)]),
            () => live.Page.Locator("button.hold").ClickAsync(),
            () => live.Page.Locator(".ranges button:visible").First.ClickAsync(),
            () => live.Page.SetViewportSizeAsync(random.Next(390, 1920), random.Next(500, 1080)),
            () => live.Page.Locator("button[aria-label$='theme']").ClickAsync(),
            () => HideAsync(live),
            () => CutAsync(network, live),
        ];
        for (var until = DateTime.UtcNow + Length; DateTime.UtcNow < until;)
        {
            await acts[random.Next(acts.Length)]();
            await Task.Delay(random.Next(50, 700));
        }
#pragma warning restore CA5394

        await live.Page.Locator("figure.liveviz-chart").First.PressAsync("Home");
        await live.Page.WaitForFunctionAsync("document.querySelectorAll('figure.liveviz-chart[data-state=live]').length === 4");
        await live.SeeTracesGrowAsync(20);
        Assert.True(await live.IsSameLoadAsync(), string.Join('\n', live.Complaints) + server.Output);
        Assert.DoesNotContain(live.Complaints, words => !OfTheCut().IsMatch(words));
        Assert.DoesNotContain("fail:", server.Output, StringComparison.Ordinal);
    }

    private static async Task DragAsync(IPage page, Random random)
    {
        var plot = page.Locator(".js-plotly-plot").Nth(random.Next(4));
        await plot.ScrollIntoViewIfNeededAsync();
        var box = (await plot.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + box.Width * (0.2f + 0.7f * random.NextSingle()), box.Y + 40);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width * (0.2f + 0.7f * random.NextSingle()), box.Y + 50, new() { Steps = 5 });
        await page.Mouse.UpAsync();
    }

    private static async Task HideAsync(LivePage live)
    {
        foreach (var isHidden in new[] { true, false })
        {
            await live.EvaluateAsync(
                "hidden => { Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", isHidden);
            await Task.Delay(1500);
        }
    }

    private static async Task CutAsync(NetworkBetween network, LivePage live)
    {
        network.Cut();
        await Task.Delay(1500);
        network.Mend();
        await live.Page.Locator("#circuit-lost").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    // What the browser and Blazor themselves say of a network that is gone.
    [GeneratedRegex("WebSocket|net::ERR_|Failed to (load|fetch|start|complete)|disconnected|reconnect|connection", RegexOptions.IgnoreCase)]
    private static partial Regex OfTheCut();
}
