using System.Globalization;
using LiveViz.Feeds;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;

namespace LiveViz.Charts;

/// <summary>
/// What shows the frames of a feed: it finds its sensors, reads, is drawn again when something has changed, says why
/// it is not live, and begins anew when it is asked for something else. It finds its way back by itself.
/// </summary>
public abstract partial class FeedComponent
{
    internal const string ModulePath = "./_content/LiveViz/Charts/FeedComponent.razor.js";

    /// <summary>More often than this nobody reads numbers, and each drawing is traffic on the page's connection.</summary>
    private const double MostFramesPerSecond = 4;

    private static readonly TimeSpan BetweenPaints = TimeSpan.FromSeconds(1 / MostFramesPerSecond);

    private DateTime _lastFrame;
    private DateTime _newest;
    private DateTimeOffset _paintedAt;
    private bool _isPaintDue;
    private bool _isRecorded;

    /// <summary>How often it is drawn at most, 0.1 to 4 times a second.</summary>
    [Parameter]
    public double FramesPerSecond { get; set; }

    [Inject]
    private ILogger<FeedComponent> Logger { get; set; } = default!;

    /// <summary>Ids of the sensors asked for; none for every sensor.</summary>
    private protected abstract IReadOnlyList<string> Wanted { get; }

    /// <summary>How much of the past is asked for.</summary>
    private protected abstract TimeSpan Past { get; }

    /// <summary>Over how many pixels the past is drawn.</summary>
    private protected abstract int PixelsAsked { get; }

    /// <summary>How many sensors it shows at most.</summary>
    private protected virtual int MostSensors => 1;

    /// <summary>How many sensors it was asked for and does not show.</summary>
    private protected int LeftOut { get; private set; }

    /// <summary>What it is called where nothing better is said.</summary>
    private protected abstract string Name { get; }

    /// <summary>How the frame is laid out, as CSS says it.</summary>
    private protected virtual string? FrameStyle => null;

    /// <summary>The viewer's clock.</summary>
    private protected ViewerClock Clock { get; private set; }

    /// <summary>Why it is not live, in words for a person; null while it is.</summary>
    private protected string? Words => Refusal ?? FeedWords.For(Feed.Connection.State, _lastFrame, Clock);

    /// <summary>The right end of the window: the server's clock, or that of a recording, which is its newest sample.</summary>
    private protected DateTime Now => _isRecorded && _newest != default ? _newest : _lastFrame;

    private string StateName => (Refusal, Feed.Connection.State, _lastFrame == default) switch
    {
        ({ }, _, _) => "refused",
        (_, FeedState.Connected, false) => "live",
        (_, FeedState.Connected, true) => "waiting",
        _ => "disconnected",
    };

    /// <summary>Begins with nothing of these sensors.</summary>
    private protected abstract void Begin(IReadOnlyList<Sensor> sensors);

    /// <summary>Takes in a frame. A refill replaces all that came before it.</summary>
    /// <returns>Whether what is shown has changed.</returns>
    private protected abstract bool Take(Frame frame);

    private protected override string Asked =>
        string.Create(CultureInfo.InvariantCulture, $"{Past}|{PixelsAsked}|{FramesPerSecond}|{string.Join('\n', Wanted)}");

    private protected override string Failed => FeedWords.Failed;

    private protected override void Note(Exception problem) =>
        Logger.LogWarning(problem, "{What} could not be drawn; it is tried again", Name);

    private protected override Task SayAsync()
    {
        StateHasChanged();
        return Task.CompletedTask;
    }

    private protected override async Task ShowAsync(CancellationToken cancellationToken)
    {
        await using (var module = await Js.InvokeAsync<IJSObjectReference>("import", cancellationToken, ModulePath))
        {
            Clock = new ViewerClock(TimeSpan.FromMinutes(await module.InvokeAsync<int>("utcOffsetMinutes", cancellationToken)));
        }

        var found = (await ChartSensors.FindAsync(Feed, Wanted, Time, cancellationToken)).Sensors;
        var sensors = found.Take(MostSensors).ToList();
        LeftOut = found.Count - sensors.Count;
        _isRecorded = sensors.All(sensor => sensor.Recorded);
        _lastFrame = _newest = default;
        Begin(sensors);
        StateHasChanged();
        var request = new FrameRequest
        {
            SensorIds = [.. sensors.Select(sensor => sensor.Id)],
            WindowSeconds = Past.TotalSeconds,
            Width = PixelsAsked,
            FramesPerSecond = Math.Min(FramesPerSecond, MostFramesPerSecond),
        };
        await foreach (var frame in Feed.ReadFramesAsync(request, cancellationToken))
        {
            var isFirst = _lastFrame == default;
            _lastFrame = frame.Time;
            _newest = frame.Columns.Select(column => column.Latest?.Timestamp ?? default).Append(frame.IsRefill ? default : _newest).Max();
            if (Take(frame) || isFirst)
            {
                _ = PaintAsync(cancellationToken);
            }
        }
    }

    /// <summary>Draws soon: what comes in a burst, as after a lost connection, is drawn once.</summary>
    private async Task PaintAsync(CancellationToken cancellationToken)
    {
        if (_isPaintDue)
        {
            return;
        }

        var wait = _paintedAt + BetweenPaints - Time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            _isPaintDue = true;
            await Task.Delay(wait, Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            _isPaintDue = false;
        }

        if (!Disposed.IsCancellationRequested)
        {
            _paintedAt = Time.GetUtcNow();
            StateHasChanged();
        }
    }

    private protected override void OnConnectionChanged() => _ = InvokeAsync(() =>
    {
        if (!Disposed.IsCancellationRequested)
        {
            StateHasChanged();
        }
    });
}
