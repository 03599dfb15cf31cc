using Microsoft.Playwright;

namespace LiveViz.Tests.Browser;

/// <summary>A page of the dashboard, and what a person watching it would see of its charts.</summary>
internal sealed class LivePage : IAsyncDisposable
{
    private const float PatienceMilliseconds = 45_000;
    private readonly IBrowserContext _context;

    private LivePage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>What the page complained of in the console, or threw.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<LivePage> OpenAsync(IBrowser browser, Uri address, string path = "/", int width = 1920, int height = 1080)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            TimezoneId = "Asia/Kolkata",
        });
        context.SetDefaultTimeout(PatienceMilliseconds);
        var live = new LivePage(context, await context.NewPageAsync());
        live.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                live.Complaints.Add(message.Text);
            }
        };
        live.Page.PageError += (_, error) => live.Complaints.Add(error);
        await live.Page.GotoAsync(new Uri(address, path).ToString());
        // Survives everything but a new load of the page.
        await live.Page.EvaluateAsync("window.sameLoad = true");
        return live;
    }

    /// <summary>Waits until at least so many traces have grown by new samples since now; those of stale sensors cannot.</summary>
    public async Task SeeTracesGrowAsync(int atLeast)
    {
        // Taken in the page and kept there: a page that is loaded anew begins anew.
        await Page.WaitForFunctionAsync(
            """
            atLeast => {
              const newest = {};
              for (const gd of document.querySelectorAll('.js-plotly-plot'))
                for (const trace of gd.data ?? [])
                  if (trace.x?.length) newest[trace.name] = trace.x[trace.x.length - 1];
              const start = window.growth ??= newest;
              for (const name in newest) start[name] ??= newest[name];
              const grown = Object.keys(newest).filter(name => newest[name] > start[name]);
              if (grown.length < atLeast) return false;
              delete window.growth;
              return true;
            }
            """,
            atLeast);
    }

    /// <summary>That the page had nothing to complain of; else what it was, in full.</summary>
    public void AssertQuiet() => Assert.True(Complaints.Count == 0, string.Join('\n', Complaints));

    public Task<bool> IsSameLoadAsync() => Page.EvaluateAsync<bool>("window.sameLoad === true");

    public Task<string> StatusAsync() => Page.Locator(".statusline").InnerTextAsync();

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
