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
    private static readonly TimeSpan BetweenTables = TimeSpan.FromSeconds(10);

    private string _id = "";
    private readonly Config _config = ChartFigure.Config();
    private ChartPlan? _plan;
    private ChartPainter? _painter;
    private int _width;
    private IList<ITrace> _traces = [];
    private Layout _layout = new();
    private PlotlyChart? _plotly;
    private TaskCompletionSource _plotted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChartLink _ownLink = new();
    private readonly SemaphoreSlim _visible = new(0, 1);
    private ChartLink? _linked;
    private CancellationTokenSource? _turn;
    private readonly ChartTable _table = new();
    private DateTimeOffset _tableAt;
    private string? _overlay;
    private ViewerClock _clock;
    private DateTime _lastFrame;
    private bool _isCoarse;

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
    public double FramesPerSecond { get; set; } = 30;

    /// <summary>With which other charts it acts as one; null for none.</summary>
    [CascadingParameter]
    public ChartLink? SharedLink { get; set; }

    [Inject]
    private ILogger<LiveChart> Logger { get; set; } = default!;

    private static IReadOnlyList<(string Kind, string Name)> Takeaways { get; } =
    [
        ("png", "Picture, PNG"), ("svg", "Picture, SVG"), ("shown", "What is shown, CSV"), ("all", "Every sample behind it, CSV"),
    ];

    private ChartLink Link => SharedLink ?? _ownLink;

    private string[] Ids => [.. _plan!.Sensors.Select(sensor => sensor.Id)];

    private protected override string Asked =>
        $"{Window}|{Arrangement}|{FramesPerSecond.ToString(CultureInfo.InvariantCulture)}|{string.Join('\n', Sensors)}";

    private protected override string Failed => "The chart could not be drawn. It is tried again.";

    private string Label => AriaLabel ?? (_plan is null ? "Live chart" : $"Live chart of {string.Join(", ", _plan.Sensors.Select(s => s.Name).Take(8))}");

    private string StateName => Refusal is not null ? "refused" : Link.Held is not null ? "held" : _overlay is null ? "live" : Feed.Connection.State == FeedState.Connected ? "waiting" : "disconnected";

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        Use(null);
        await base.DisposeAsync();
        _visible.Dispose();
    }

    /// <summary>Called by the browser where a person has chosen a span, in milliseconds since 1970 UTC.</summary>
    [JSInvokable]
    public void OnHeld(double from, double to)
    {
        if (double.IsFinite(from) && double.IsFinite(to) && to > from && from >= 0 && to < (DateTime.MaxValue - DateTime.UnixEpoch).TotalMilliseconds)
        {
            Link.Hold(new ChartSpan(DateTime.UnixEpoch.AddMilliseconds(from), DateTime.UnixEpoch.AddMilliseconds(to)));
        }
    }

    /// <summary>Called by the browser where a person wants to see the present again.</summary>
    [JSInvokable]
    public void OnLive() => Link.GoLive();

    /// <summary>Called by the browser when the page is seen again.</summary>
    [JSInvokable]
    public void OnVisible()
    {
        if (_visible.CurrentCount == 0)
        {
            _visible.Release();
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _overlay = Words();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        Use(Link);
        base.OnParametersSet();
    }

    private protected override async Task ShowAsync(CancellationToken cancellationToken)
    {
        var chart = await ChartSensors.FindAsync(Feed, Sensors, Time, cancellationToken);
        using var component = DotNetObjectReference.Create(this);
        // A new plot, a new id: what is still to be done to the old one must not hit it.
        var id = $"liveviz-{Guid.NewGuid():N}";
        // Before it is plotted: its module is read meanwhile. Over a long way each round trip is seen.
        await using var painter = new ChartPainter(Js, id, cancellationToken);
        await PlotAsync(ChartPlan.For(chart.Sensors, Arrangement), id, cancellationToken);
        var size = await painter.AttachAsync(_plotly!, _plan!, Link.Id, chart.Colours, component, cancellationToken);
        _clock = new ViewerClock(TimeSpan.FromMinutes(size.UtcOffsetMinutes));
        var width = _width = Math.Max(50, size.Width);
        _painter = painter;
        StateHasChanged();
        using var leaving = cancellationToken.Register(() => _painter = null);
        while (!cancellationToken.IsCancellationRequested)
        {
            using var turn = _turn = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            try
            {
                await (Link.Held is { } held ? HoldAsync(painter, held, width, turn.Token) : FollowAsync(painter, width, turn.Token));
            }
            catch (OperationCanceledException) when (turn.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // Held, moved, or let go.
            }
            finally
            {
                // However it ended: what is disposed cannot be cancelled.
                _turn = null;
            }
        }
    }

    private async Task SaveAsync(string kind)
    {
        if (_painter is not { } painter || _plan is not { } plan)
        {
            return;
        }

        var name = plan.Sensors.Count == 1 ? plan.Sensors[0].Id : "sensors";
        if (kind is "png" or "svg")
        {
            await painter.SavePictureAsync(kind, name, Disposed);
            return;
        }

        var span = Link.Held ?? new ChartSpan(_lastFrame - Window, _lastFrame);
        var frame = await Feed.GetSpanAsync(
            new SpanRequest { SensorIds = Ids, From = span.From, To = span.To, Width = kind == "all" ? 0 : _width },
            Disposed);
        await painter.SaveFileAsync($"{name}.csv", ChartCsv.Write(frame, plan.Sensors), Disposed);
    }

    /// <summary>Shows a span that stands still, until it is another one.</summary>
    private async Task HoldAsync(ChartPainter painter, ChartSpan span, int width, CancellationToken cancellationToken)
    {
        var request = new SpanRequest { SensorIds = Ids, From = span.From, To = span.To, Width = width };
        var traces = new ChartTraces(_plan!.Sensors, ChartPainter.MostPoints(width));
        traces.Add(await Feed.GetSpanAsync(request, cancellationToken));
        var to = (span.To - DateTime.UnixEpoch).TotalMilliseconds;
        while (!await painter.DrawAsync(traces.Take()! with { NowMilliseconds = to }, span.Length, isHeld: true, cancellationToken))
        {
            traces.Add(await Feed.GetSpanAsync(request, cancellationToken));
        }

        _lastFrame = Time.GetUtcNow().UtcDateTime;
        await UpdateOverlayAsync(isCoarse: false);
        await Task.Delay(Timeout.InfiniteTimeSpan, Time, cancellationToken);
    }

    /// <summary>Shows what comes, up to now.</summary>
    private async Task FollowAsync(ChartPainter painter, int width, CancellationToken cancellationToken)
    {
        var request = new FrameRequest
        {
            SensorIds = Ids,
            WindowSeconds = Window.TotalSeconds,
            Width = width,
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

                isWhole = await PaintOrDrawAsync(painter, traces, cancellationToken);
                await UpdateOverlayAsync(traces.Bucket > request.Bucket);
                await UpdateTableAsync();
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

    /// <summary>Paints what is new, or has plotly draw it: at first, and where the browser says that it is time for it.</summary>
    /// <returns>False where the browser may have missed something.</returns>
    private async Task<bool> PaintOrDrawAsync(ChartPainter painter, ChartTraces traces, CancellationToken cancellationToken)
    {
        var outcome = (PushOutcome?)PushOutcome.MustDraw;
        if (!traces.IsRefill && traces.TakeEdge() is { } edge)
        {
            outcome = await painter.PushAsync(edge, cancellationToken);
        }

        if (outcome is null or PushOutcome.Painted)
        {
            return outcome is not null;
        }

        if (outcome is PushOutcome.Hidden)
        {
            // Nothing is asked of a page in the background. What comes is gathered, and drawn at once when it is seen again.
            await _visible.WaitAsync(cancellationToken);
        }

        return traces.Take(withTips: outcome is PushOutcome.CannotPaint) is not { } batch
            || await painter.DrawAsync(batch, Window, isHeld: false, cancellationToken);
    }

    /// <summary>Now and then: a table that changes while it is read is read by nobody.</summary>
    private async Task UpdateTableAsync()
    {
        if (Time.GetUtcNow() >= _tableAt)
        {
            _tableAt = Time.GetUtcNow() + BetweenTables;
            await InvokeAsync(StateHasChanged);
        }
    }

    private async Task ReadAsync(ChartTraces traces, SemaphoreSlim news, FrameRequest request, CancellationToken cancellationToken)
    {
        await foreach (var frame in Feed.ReadFramesAsync(request, cancellationToken))
        {
            traces.Add(frame);
            _table.Add(frame);
            _lastFrame = frame.Time;
            if (news.CurrentCount == 0)
            {
                news.Release();
            }
        }
    }

    private async Task PlotAsync(ChartPlan plan, string id, CancellationToken cancellationToken)
    {
        _plotted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _traces = ChartFigure.Traces(plan);
        _layout = ChartFigure.Layout(plan);
        _plan = plan;
        _id = id;
        await InvokeAsync(StateHasChanged);
        await _plotted.Task.WaitAsync(cancellationToken);
    }

    private void OnPlotted() => _plotted.TrySetResult();

    private void Use(ChartLink? link)
    {
        if (_linked != link)
        {
            _linked?.Changed -= OnLinkChanged;
            _linked = link;
            _linked?.Changed += OnLinkChanged;
        }
    }

    private void OnLinkChanged() => _ = InvokeAsync(() =>
    {
        _turn?.Cancel();
        StateHasChanged();
    });

    private protected override void Note(Exception problem) =>
        Logger.LogWarning(problem, "The chart of {Sensors} could not be drawn; it is tried again", string.Join(", ", Sensors));

    private protected override void OnConnectionChanged() => _ = SayAsync();

    private protected override Task SayAsync() => UpdateOverlayAsync(_isCoarse);

    private async Task UpdateOverlayAsync(bool isCoarse)
    {
        if (Disposed.IsCancellationRequested)
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

    private string? Words() => Refusal ?? (Link.Held is null ? FeedWords.For(Feed.Connection.State, _lastFrame, _clock) : null);
}
