using Microsoft.Playwright;

namespace LiveViz.Tests.Browser;

/// <summary>A page of the dashboard, and what a person watching it would see of its charts.</summary>
internal sealed class LivePage : IAsyncDisposable
{
    /// <summary>What the charts do in the browser, as they import it themselves: it knows them.</summary>
    public const string Module = "/_content/LiveViz/Charts/LiveChart.razor.js";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

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
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
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
        await live.EvaluateAsync("window.sameLoad = true");
        return live;
    }

    /// <summary>Waits until at least so many traces have grown by new samples since now; those of stale sensors cannot.</summary>
    public async Task SeeTracesGrowAsync(int atLeast)
    {
        // Taken in the page and kept there: a page that is loaded anew begins anew.
        await Page.WaitForFunctionAsync(
            """
            ([module, atLeast]) => {
              if (!window.charts) { import(module).then(charts => { window.charts = charts; }); return false; }
              const start = window.growth ??= new Map();
              let grown = 0;
              for (const { id } of document.querySelectorAll('.js-plotly-plot'))
                window.charts.newest(id).forEach((time, sensor) => {
                  const key = `${id} ${sensor}`;
                  if (!start.has(key)) { if (Number.isFinite(time)) start.set(key, time); } else if (time > start.get(key)) grown++;
                });
              if (grown < atLeast) return false;
              delete window.growth;
              return true;
            }
            """,
            new object[] { Module, atLeast });
    }

    /// <summary>Waits until this stands in the address. Playwright's own waiting misses now and then that it does.</summary>
    public Task SeeAddressAsync(string part) => Page.WaitForFunctionAsync("part => location.href.includes(part)", part);

    /// <summary>That the page had nothing to complain of; else what it was, in full.</summary>
    public void AssertQuiet() => Assert.True(Complaints.Count == 0, string.Join('\n', Complaints));

    public Task<bool> IsSameLoadAsync() => EvaluateAsync<bool>("window.sameLoad === true");

    /// <summary>Runs a script in the page, which Playwright itself would wait for without an end.</summary>
    public Task<T> EvaluateAsync<T>(string expression, object? argument = null) => Page.EvaluateAsync<T>(expression, argument).WaitAsync(Patience);

    /// <inheritdoc cref="EvaluateAsync{T}"/>
    public Task EvaluateAsync(string expression, object? argument = null) => Page.EvaluateAsync(expression, argument).WaitAsync(Patience);

    public Task<string> StatusAsync() => Page.Locator(".statusline").InnerTextAsync();

    public async ValueTask DisposeAsync() => await _context.DisposeAsync().AsTask().WaitAsync(Patience);
}
