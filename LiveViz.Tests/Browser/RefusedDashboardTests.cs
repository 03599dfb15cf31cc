using LiveViz.Tests.Running;

namespace LiveViz.Tests.Browser;

[Collection(BrowserTests.Name)]
[Trait("Category", "Browser")]
public sealed class RefusedDashboardTests(BrowserFixture fixture)
{
    [Fact]
    public async Task Dashboard_too_many_says_why_and_comes_up_when_another_is_closed()
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Limits:ConnectionsPerAddress=1");
        await using var first = await LivePage.OpenAsync(fixture.Browser, server.Address);
        await first.SeeTracesGrowAsync(1);
        await using var second = await LivePage.OpenAsync(fixture.Browser, server.Address);

        // Whether the refusal comes while Blazor connects or once it has varies from load to load.
        for (var load = 0; load < 5; load++)
        {
            await second.Page.ReloadAsync();
            var banner = second.Page.Locator("#circuit-lost");
            await banner.WaitForAsync();
            Assert.StartsWith("1 dashboards from 127.0.0.1 are open already", await banner.InnerTextAsync());
        }

        await first.Page.CloseAsync();

        await second.SeeTracesGrowAsync(1);
    }
}
