using LiveViz.Tests.Running;

namespace LiveViz.Tests.Browser;

[Collection(BrowserTests.Name)]
[Trait("Category", "Browser")]
public sealed class EmbeddedChartTests(BrowserFixture fixture)
{
    [Fact]
    public async Task Chart_in_an_app_of_ones_own_grows_and_survives_a_restart_of_LiveViz_without_a_reload()
    {
        await using var liveViz = await LiveVizServer.StartAsync();
        await using var app = await LiveVizServer.StartProgramAsync(Repository.EmbeddedChart, "environment=Development", $"LiveVizServer={liveViz.Address}");
        await using var live = await LivePage.OpenAsync(fixture.Browser, app.Address);
        await live.SeeTracesGrowAsync(2);

        await liveViz.KillAsync();
        await live.Page.Locator("figcaption", new() { HasText = "Reconnecting. This is the picture of" }).WaitForAsync();
        await liveViz.StartAsync();

        await live.SeeTracesGrowAsync(2);
        Assert.True(await live.IsSameLoadAsync());
        live.AssertQuiet();
    }
}
