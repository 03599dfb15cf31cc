using System.Globalization;
using LiveViz.Feeds;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;
using Plotly.Blazor;

namespace LiveViz.Charts;

/// <summary>
/// A live chart: a trace for each sensor, drawn by plotly.js as the samples come, with the past that the server
/// still holds already on it. It finds its way back by itself after every break.
/// </summary>
public sealed partial class LiveChart
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

    private string _id = "";
    private readonly CancellationTokenSource _disposed = new();
    private readonly Config _config = ChartFigure.Config();
    private ChartPlan? _plan;
    private IList<ITrace> _traces = [];
    private Layout _layout = new();
    private PlotlyChart? _plotly;
    private TaskCompletionSource _plotted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? _restart;
    private string? _overlay;
    private string? _refusal;
    private TimeSpan _utcOffset;
    private DateTime _lastFrame;
    private bool _isCoarse;
    private string _shown = "";

    /// <summary>Ids of the sensors, one trace each; none for every sensor of the server.</summary>
    [Parameter]
    public IReadOnlyList<string> Sensors { get; set; } = [];

    /// <summary>How much time the chart shows, up to now. One minute by default.</summary>
    [Parameter]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How several sensors share the height: by unit, or a strip each.</summary>
    [Parameter]
    public ChartArrangement Arrangement { get; set; }

    /// <summary>The height, as CSS says it.</summary>
    [Parameter]
    public string Height { get; set; } = "320px";

    /// <summary>How often it is drawn at most, 0.1 to 60 times a second. A slow browser is drawn on less often.</summary>
    [Parameter]
    public double FramesPerSecond { get; set; } = 20;

    /// <summary>What the chart shows, for people who do not see it; the names of its sensors by default.</summary>
    [Parameter]
    public string? AriaLabel { get; set; }

    [Inject]
    private ISensorFeed Feed { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private ILogger<LiveChart> Logger { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private string Label => AriaLabel ?? (_plan is null ? "Live chart" : $"Live chart of {string.Join(", ", _plan.Sensors.Select(s => s.Name).Take(8))}");

    private string StateName => _refusal is not null ? "refused" : _overlay is null ? "live" : Feed.Connection.State == FeedState.Connected ? "waiting" : "disconnected";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Feed.ConnectionChanged -= OnConnectionChanged;
        await _disposed.CancelAsync();
        _disposed.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Feed.ConnectionChanged += OnConnectionChanged;
        _overlay = Words();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var shown = $"{Window}|{Arrangement}|{FramesPerSecond.ToString(CultureInfo.InvariantCulture)}|{string.Join('\n', Sensors)}";
        if (shown != _shown)
        {
            _shown = shown;
            _restart?.Cancel();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await RunAsync(_disposed.Token);
        }
    }

    /// <summary>Shows what the parameters ask for, from the beginning each time they change.</summary>
    private async Task RunAsync(CancellationToken disposed)
    {
        while (!disposed.IsCancellationRequested)
        {
            using var restart = _restart = CancellationTokenSource.CreateLinkedTokenSource(disposed);
            try
            {
                await ShowAsync(restart.Token);
            }
            catch (OperationCanceledException) when (restart.IsCancellationRequested)
            {
                // Shown anew, or gone.
            }
            catch (JSDisconnectedException)
            {
                return;
            }
#pragma warning disable CA1031 // A chart that cannot be drawn must not take the page down with it.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                await ExplainAsync(problem, restart.Token);
            }

            _refusal = null;
            _restart = null;
        }
    }

    /// <summary>Shows what is wrong for a while, before it is tried again.</summary>
    private async Task ExplainAsync(Exception problem, CancellationToken restart)
    {
        if (problem is FeedRefusedException)
        {
            _refusal = problem.Message;
        }
        else
        {
            _refusal = "The chart could not be drawn. It is tried again.";
            Logger.LogWarning(problem, "The chart of {Sensors} could not be drawn; it is tried again", string.Join(", ", Sensors));
        }

        await UpdateOverlayAsync();
        try
        {
            await Task.Delay(BetweenTries, Time, restart);
        }
        catch (OperationCanceledException)
        {
            // Other sensors are asked for, or the chart is gone.
        }
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        var chart = await ChartSensors.FindAsync(Feed, Sensors, Time, cancellationToken);
        await PlotAsync(ChartPlan.For(chart.Sensors, Arrangement), cancellationToken);
        await using var painter = new ChartPainter(Js, _id);
        var size = await painter.AttachAsync(_plotly!, _plan!, Window, chart.Colours, cancellationToken);
        _utcOffset = TimeSpan.FromMinutes(size.UtcOffsetMinutes);
        var request = new FrameRequest
        {
            SensorIds = [.. chart.Sensors.Select(sensor => sensor.Id)],
            WindowSeconds = Window.TotalSeconds,
            Width = Math.Max(50, size.Width),
            FramesPerSecond = FramesPerSecond,
        };
        while (!cancellationToken.IsCancellationRequested)
        {
            await DrawAsync(painter, request, cancellationToken);
        }
    }

    /// <summary>Draws one reading of the feed, until the browser has missed something of it.</summary>
    private async Task DrawAsync(ChartPainter painter, FrameRequest request, CancellationToken cancellationToken)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var traces = new ChartTraces(_plan!.Sensors, ChartPainter.MostPoints(request.Width));
        using var news = new SemaphoreSlim(0, 1);
        var reader = ReadAsync(traces, news, request, reading.Token);
        try
        {
            var isWhole = true;
            while (isWhole)
            {
                await Task.WhenAny(reader, news.WaitAsync(reading.Token));
                // Once cancelled there is no news to wait for, and waiting for it would leave the reader no turn to end.
                if (reader.IsCompleted || reading.IsCancellationRequested)
                {
                    break;
                }

                if (traces.Take() is { } batch)
                {
                    isWhole = await painter.DrawAsync(batch, cancellationToken);
                    await UpdateOverlayAsync(traces.Bucket > request.Bucket);
                }
            }
        }
        finally
        {
            // Not left to itself: what it signals with goes with this method.
            await reading.CancelAsync();
            await reader.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        if (reader.IsFaulted)
        {
            await reader;
        }
    }

    private async Task ReadAsync(ChartTraces traces, SemaphoreSlim news, FrameRequest request, CancellationToken cancellationToken)
    {
        await foreach (var frame in Feed.ReadFramesAsync(request, cancellationToken))
        {
            traces.Add(frame);
            _lastFrame = frame.Time;
            if (news.CurrentCount == 0)
            {
                news.Release();
            }
        }
    }

    private async Task PlotAsync(ChartPlan plan, CancellationToken cancellationToken)
    {
        _plotted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _traces = ChartFigure.Traces(plan);
        _layout = ChartFigure.Layout(plan);
        _plan = plan;
        // A new plot, a new id: what is still to be done to the old one must not hit it.
        _id = $"liveviz-{Guid.NewGuid():N}";
        await InvokeAsync(StateHasChanged);
        await _plotted.Task.WaitAsync(cancellationToken);
    }

    private void OnPlotted() => _plotted.TrySetResult();

    private void OnConnectionChanged() => _ = UpdateOverlayAsync();

    private Task UpdateOverlayAsync() => UpdateOverlayAsync(_isCoarse);

    private async Task UpdateOverlayAsync(bool isCoarse)
    {
        if (_disposed.IsCancellationRequested)
        {
            return;
        }

        var words = Words();
        if (words != _overlay || isCoarse != _isCoarse)
        {
            _overlay = words;
            _isCoarse = isCoarse;
            await InvokeAsync(StateHasChanged);
        }
    }

    private string? Words()
    {
        if (_refusal is not null)
        {
            return _refusal;
        }

        if (Feed.Connection.State == FeedState.Connected)
        {
            return _lastFrame == default ? "Waiting for sensors" : null;
        }

        return _lastFrame == default
            ? "Connecting to the sensors"
            : $"Reconnecting. This is the picture of {(_lastFrame + _utcOffset).ToString("HH:mm:ss", CultureInfo.InvariantCulture)}";
    }
}
