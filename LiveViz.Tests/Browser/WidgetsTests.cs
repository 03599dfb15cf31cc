using LiveViz.Tests.Running;

namespace LiveViz.Tests.Browser;

[Collection(BrowserTests.Name)]
[Trait("Category", "Browser")]
public sealed class WidgetsTests(BrowserFixture fixture)
{
    private const string All = "figure.liveviz";

    [Fact]
    public async Task Widgets_in_an_app_of_ones_own_are_live_styled_and_survive_a_restart_of_LiveViz()
    {
        await using var liveViz = await LiveVizServer.StartAsync();
        await using var app = await LiveVizServer.StartProgramAsync(Repository.EmbeddedChart, "environment=Development", $"LiveVizServer={liveViz.Address}");
        await using var live = await LivePage.OpenAsync(fixture.Browser, app.Address, "widgets");
        var count = await SeeAllAsync("live");
        Assert.Equal(8, count);
        // The stylesheet came along with the tags.
        await live.Page.WaitForFunctionAsync("all => getComputedStyle(document.querySelector(all)).fontVariantNumeric === 'tabular-nums'", All);
        Assert.Equal(24, await live.Page.Locator(".liveviz-heatmap .liveviz-row").CountAsync());

        await live.Page.Locator(".liveviz-heatmap .liveviz-row").Nth(3).FocusAsync();
        await live.Page.Keyboard.PressAsync("ArrowLeft");
        await live.Page.Locator(".liveviz-heatmap output", new() { HasText = "Boiler 1 flue gas temperature, " }).WaitForAsync();

        await liveViz.KillAsync();
        await live.Page.Locator(".liveviz-words", new() { HasText = "Reconnecting. This is the picture of" }).Nth(count - 1).WaitForAsync();
        await liveViz.StartAsync();
        await SeeAllAsync("live");

        Assert.True(await live.IsSameLoadAsync());
        live.AssertQuiet();

        async Task<int> SeeAllAsync(string state)
        {
            await live.Page.WaitForFunctionAsync(
                "([all, state]) => { const found = [...document.querySelectorAll(all)]; return found.length > 0 && found.every(figure => figure.dataset.state === state); }",
                new[] { All, state });
            return await live.Page.Locator(All).CountAsync();
        }
    }
}
