using LiveViz.Feeds;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveViz.Charts;

/// <summary>
/// The life of what shows a feed: it shows what its parameters ask for, from the beginning each time they change, says
/// what is wrong, and tries again.
/// </summary>
public abstract class FeedView : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _disposed = new();
    private CancellationTokenSource? _restart;
    private string _asked = "";

    private protected FeedView() => Disposed = _disposed.Token;

    /// <summary>What it shows, for people who do not see it; the names of its sensors by default.</summary>
    [Parameter]
    public string? AriaLabel { get; set; }

    [Inject]
    private protected ISensorFeed Feed { get; set; } = default!;

    [Inject]
    private protected IJSRuntime Js { get; set; } = default!;

    [Inject]
    private protected TimeProvider Time { get; set; } = default!;

    /// <summary>Cancelled when it has gone.</summary>
    private protected CancellationToken Disposed { get; }

    /// <summary>Why nothing is shown, in words for a person; null while something is.</summary>
    private protected string? Refusal { get; private set; }

    /// <summary>What its parameters ask for: when this changes it begins anew.</summary>
    private protected abstract string Asked { get; }

    /// <summary>What is said where it fails for a reason of its own.</summary>
    private protected abstract string Failed { get; }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        Feed.ConnectionChanged -= OnConnectionChanged;
        await _disposed.CancelAsync();
        _disposed.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Shows what its parameters ask for, until it is cancelled.</summary>
    private protected abstract Task ShowAsync(CancellationToken cancellationToken);

    /// <summary>Draws what it says of itself, where that has changed.</summary>
    private protected abstract Task SayAsync();

    /// <summary>Notes that it failed for a reason of its own.</summary>
    private protected abstract void Note(Exception problem);

    /// <summary>The feed's connection stands otherwise; called on any thread.</summary>
    private protected abstract void OnConnectionChanged();

    /// <inheritdoc/>
    protected override void OnInitialized() => Feed.ConnectionChanged += OnConnectionChanged;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Asked != _asked)
        {
            _asked = Asked;
            _restart?.Cancel();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await RunAsync();
        }
    }

    private async Task RunAsync()
    {
        while (!Disposed.IsCancellationRequested)
        {
            using var restart = _restart = CancellationTokenSource.CreateLinkedTokenSource(Disposed);
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
#pragma warning disable CA1031 // What cannot be drawn must not take the page down with it.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                await ExplainAsync(problem, restart.Token);
            }

            Refusal = null;
            _restart = null;
        }
    }

    /// <summary>Shows what is wrong for a while, before it is tried again.</summary>
    private async Task ExplainAsync(Exception problem, CancellationToken restart)
    {
        Refusal = problem is FeedRefusedException ? problem.Message : Failed;
        if (problem is not FeedRefusedException)
        {
            Note(problem);
        }

        await SayAsync();
        await Task.Delay(BetweenTries, Time, restart).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }
}
