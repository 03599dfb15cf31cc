using Deque.AxeCore.Playwright;
using LiveViz.Tests.Running;

namespace LiveViz.Tests.Browser;

/// <summary>Every page, in both themes, by the rules of axe.</summary>
[Collection(BrowserTests.Name)]
[Trait("Category", "Browser")]
public sealed class AccessibilityTests(BrowserFixture fixture)
{
    [Fact]
    public async Task No_page_breaks_a_rule_of_axe()
    {
        await using var server = await LiveVizServer.StartAsync();
        var violations = new List<string>();
        foreach (var path in new[] { "/", "/areas/Boiler%20house", "/sensors/boiler-1-steam-pressure", "/sources", "/no-such-page" })
        {
            await using var live = await LivePage.OpenAsync(fixture.Browser, server.Address, path);
            await live.Page.Locator(".statusline").WaitForAsync();
            if (path is not "/sources" and not "/no-such-page")
            {
                await live.SeeTracesGrowAsync(1);
            }

            for (var theme = 0; theme < 2; theme++)
            {
                var result = await live.Page.RunAxe();
                violations.AddRange(result.Violations.Select(violation =>
                    $"{path}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"));
                await live.Page.Locator("button[aria-label$='theme']").ClickAsync();
                await Task.Delay(500);
            }
        }

        Assert.True(violations.Count == 0, string.Join("\n", violations));
    }
}
