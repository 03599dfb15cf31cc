using Microsoft.JSInterop;
using Plotly.Blazor;

namespace LiveViz.Charts;

/// <summary>
/// Draws batches on one chart in the browser: one call of Plotly.Blazor's ExtendTraces a batch, and the next only
/// when it has returned. A call lost with its connection is given up after a while, and said to be lost.
/// </summary>
/// <param name="js">The browser.</param>
/// <param name="id">The id of the chart's element.</param>
/// <param name="cancellationToken">Ends the reading of its module, which begins at once.</param>
internal sealed class ChartPainter(IJSRuntime js, string id, CancellationToken cancellationToken) : IAsyncDisposable
{
    internal const string ModulePath = "./_content/LiveViz/Charts/LiveChart.razor.js";

    private static readonly TimeSpan ShortestPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(16);

    private readonly Task<IJSObjectReference> _reading = js.InvokeAsync<IJSObjectReference>("import", cancellationToken, ModulePath).AsTask();
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
    public async Task<ChartSize> AttachAsync(PlotlyChart chart, ChartPlan plan, string group, IReadOnlyList<int> colours, object component, CancellationToken cancellationToken)
    {
        _plan = plan;
        _plotly = new PlotlyJsInterop(js, chart, useBasicVersion: true);
        var spec = new
        {
            group,
            traces = plan.Sensors.Select(sensor => new { name = sensor.Name, unit = sensor.Unit, decimals = DecimalsOf(sensor) }),
            overlaid = plan.Arrangement == ChartArrangement.Overlaid,
            strips = plan.Arrangement == ChartArrangement.Strips,
            colours = colours.Concat(colours).Concat(colours),
            lanes = plan.Lanes.Select(lane => new
            {
                traces = lane.Traces.Concat(lane.Traces.Select(trace => trace + plan.Sensors.Count)),
                @base = lane.Base is { } range ? new[] { range.Low, range.High } : null,
            }),
        };
        _module = await _reading;
        var size = await _module.InvokeAsync<ChartSize?>("attach", cancellationToken, id, spec, component)
            ?? throw new InvalidOperationException("The chart is not on the page.");
        _mostPoints = MostPoints(size.Width);
        return size;
    }

    /// <summary>Paints the newest points until they are drawn.</summary>
    /// <returns>What the browser did; null where it may not have got them.</returns>
    public async Task<PushOutcome?> PushAsync(ChartEdge edge, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_patience);
        try
        {
            return (PushOutcome)await _module!.InvokeAsync<int>("push", patience.Token, id, edge.NowMilliseconds, edge.Points, edge.Bands, edge.IsWanted, edge.Newest);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Has the browser save a picture of the chart.</summary>
    public async Task SavePictureAsync(string format, string name, CancellationToken cancellationToken) =>
        await _module!.InvokeVoidAsync("picture", cancellationToken, id, format, name);

    /// <summary>Has the browser save a file.</summary>
    public async Task SaveFileAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        // As a stream: a message of the circuit has its bounds.
        using var stream = new DotNetStreamReference(new MemoryStream(content));
        await _module!.InvokeVoidAsync("file", cancellationToken, name, stream);
    }

    /// <summary>Draws a batch.</summary>
    /// <param name="batch">What is new.</param>
    /// <param name="window">How much time is shown, up to the batch's now.</param>
    /// <param name="isHeld">Whether the view is held, and does not move with time.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>False where the browser may not have got it: what it shows has to be filled anew.</returns>
    public async Task<bool> DrawAsync(ChartBatch batch, TimeSpan window, bool isHeld, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_patience);
        try
        {
            var grows = batch.Indices.Count > 0;
            var view = _module!.InvokeVoidAsync(
                "prepare", patience.Token, id, batch.NowMilliseconds - window.TotalMilliseconds, batch.NowMilliseconds, isHeld, batch.IsRefill, batch.Stale, Extremes(batch), batch.Indices, batch.HasTip, batch.Bands, !grows);
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
        if (!_reading.IsCompletedSuccessfully)
        {
            return;
        }

        try
        {
            var module = await _reading;
            await module.InvokeVoidAsync("detach", CancellationToken.None, id);
            await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and all that was on it.
        }
    }

    /// <summary>With how many decimals its values are worth showing; null where that is not known.</summary>
    private static int? DecimalsOf(Sensor sensor) =>
        sensor.Resolution is > 0 and var step ? (int)Math.Clamp(Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 9) : null;

    private double[]?[] Extremes(ChartBatch batch) => [.. _plan!.Lanes.Select(lane =>
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (var i = 0; i < batch.Indices.Count; i++)
        {
            if (lane.Traces.Contains(batch.Indices[i] % _plan.Sensors.Count))
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
