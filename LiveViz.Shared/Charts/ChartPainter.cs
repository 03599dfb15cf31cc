using Microsoft.JSInterop;
using Plotly.Blazor;

namespace LiveViz.Charts;

/// <summary>
/// Draws batches on one chart in the browser: one call of Plotly.Blazor's ExtendTraces a batch, and the next only
/// when it has returned. A call lost with its connection is given up after a while, and said to be lost.
/// </summary>
internal sealed class ChartPainter(IJSRuntime js, string id) : IAsyncDisposable
{
    internal const string ModulePath = "./_content/LiveViz/Charts/LiveChart.razor.js";

    private static readonly TimeSpan ShortestPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(16);

    private IJSObjectReference? _module;
    private PlotlyJsInterop? _plotly;
    private ChartPlan? _plan;
    private int _mostPoints;
    private TimeSpan _patience = ShortestPatience;

    /// <summary>
    /// How many points a trace keeps in the browser. Reduction sends about one a pixel; twice that leaves room
    /// for breaks in the line. What is older than the window goes before that.
    /// </summary>
    public static int MostPoints(int width) => Math.Max(1000, 2 * width);

    /// <summary>Takes over a chart that Plotly.Blazor has drawn.</summary>
    /// <returns>How wide its plot is, in CSS pixels, and how far the viewer's clock is from UTC.</returns>
    public async Task<ChartSize> AttachAsync(PlotlyChart chart, ChartPlan plan, TimeSpan window, IReadOnlyList<int> colours, CancellationToken cancellationToken)
    {
        _plan = plan;
        _plotly = new PlotlyJsInterop(js, chart, useBasicVersion: true);
        _module = await js.InvokeAsync<IJSObjectReference>("import", cancellationToken, ModulePath);
        var spec = new
        {
            window = window.TotalMilliseconds,
            strips = plan.Arrangement == ChartArrangement.Strips,
            colours,
            lanes = plan.Lanes.Select(lane => new
            {
                traces = lane.Traces,
                @base = lane.Base is { } range ? new[] { range.Low, range.High } : null,
            }),
        };
        var size = await _module.InvokeAsync<ChartSize?>("attach", cancellationToken, id, spec)
            ?? throw new InvalidOperationException("The chart is not on the page.");
        _mostPoints = MostPoints(size.Width);
        return size;
    }

    /// <summary>Draws a batch.</summary>
    /// <returns>False where the browser may not have got it: what it shows has to be filled anew.</returns>
    public async Task<bool> DrawAsync(ChartBatch batch, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_patience);
        try
        {
            var grows = batch.Indices.Count > 0;
            var view = _module!.InvokeVoidAsync(
                "prepare", patience.Token, id, batch.NowMilliseconds, batch.IsRefill, batch.Stale, Extremes(batch), batch.Indices, batch.HasTip, !grows);
            if (grows)
            {
                // Not awaited between: both arrive in order, and one way there and back is half of two.
                await _plotly!.ExtendTraces(batch.X, batch.Y!, batch.Indices, _mostPoints, patience.Token);
            }

            await view;
            _patience = ShortestPatience;
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A browser that needs longer than this is given longer the next time.
            _patience = _patience * 2 < LongestPatience ? _patience * 2 : LongestPatience;
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_module is null)
        {
            return;
        }

        try
        {
            await _module.InvokeVoidAsync("detach", CancellationToken.None, id);
            await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and all that was on it.
        }
    }

    private double[]?[] Extremes(ChartBatch batch) => [.. _plan!.Lanes.Select(lane =>
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (var i = 0; i < batch.Indices.Count; i++)
        {
            if (lane.Traces.Contains(batch.Indices[i]))
            {
                foreach (var y in batch.Y[i])
                {
                    if (y is double value)
                    {
                        low = Math.Min(low, value);
                        high = Math.Max(high, value);
                    }
                }
            }
        }

        return low <= high ? new[] { low, high } : null;
    })];
}
