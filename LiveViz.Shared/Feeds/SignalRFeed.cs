using System.Runtime.CompilerServices;
using LiveViz.Sources;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LiveViz.Feeds;

/// <summary>
/// The feed over SignalR: one connection for all the charts of a user, made when first needed and kept up.
/// </summary>
internal sealed class SignalRFeed : ISensorFeed, IAsyncDisposable
{
    // The server says something every few seconds; silence of this length is a lost connection.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    // A connection that ends sooner was not wanted.
    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(5);

    private readonly HubConnection _hub;
    private readonly TimeProvider _time;
    private readonly ILogger<SignalRFeed> _logger;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _gate = new();
    private Task? _starting;
    private long _shortLived;
    private TaskCompletionSource _connected = NewSignal();
    private FeedConnection _connection;

    public SignalRFeed(IOptions<FeedOptions> options, TimeProvider time, ILogger<SignalRFeed> logger)
    {
        _time = time;
        _logger = logger;
        _connection = new FeedConnection(FeedState.Connecting, Now);
        var server = options.Value.Server
            ?? throw new InvalidOperationException("The address of the LiveViz server is not set: services.AddLiveViz(\"http://localhost:5000\").");
        _hub = new HubConnectionBuilder()
            .WithUrl(new Uri(server, "/hubs/sensors"), http => options.Value.ConfigureConnection?.Invoke(http))
            .WithAutomaticReconnect(new PatientRetry())
            .AddMessagePackProtocol()
            .Build();
        _hub.ServerTimeout = LongestSilence;
        _hub.Reconnecting += OnReconnecting;
        _hub.Reconnected += _ => OnConnected();
        _hub.Closed += OnClosed;
    }

    public event Action? ConnectionChanged;

    public FeedConnection Connection => Volatile.Read(ref _connection);

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    public Task<IReadOnlyList<Sensor>> GetSensorsAsync(CancellationToken cancellationToken = default) =>
        AskAsync<IReadOnlyList<Sensor>>("GetSensors", cancellationToken);

    public Task<IReadOnlyList<SourceStatus>> GetSourcesAsync(CancellationToken cancellationToken = default) =>
        AskAsync<IReadOnlyList<SourceStatus>>("GetSources", cancellationToken);

    public Task<ServerStatus> GetStatusAsync(CancellationToken cancellationToken = default) =>
        AskAsync<ServerStatus>("GetStatus", cancellationToken);

    public async Task<Frame> GetSpanAsync(SpanRequest request, CancellationToken cancellationToken = default)
    {
        await ConnectedAsync(cancellationToken);
        try
        {
            return new FrameReader().Read(await _hub.InvokeAsync<byte[]>("GetSpan", request, cancellationToken));
        }
        catch (HubException refusal) when (_hub.State == HubConnectionState.Connected)
        {
            throw new FeedRefusedException(refusal.Message, refusal);
        }
    }

    public async IAsyncEnumerable<Frame> ReadFramesAsync(
        FrameRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        var tally = new FrameTally();
        var past = new FramePast(request);
        while (!ending.IsCancellationRequested)
        {
            await ConnectedAsync(ending.Token);

            // Each stream names its sensors anew, so each has a reader of its own.
            var reader = new FrameReader();
            var rest = request with { Resume = tally.Position ?? request.Resume };
            await using var frames = _hub.StreamAsync<byte[]>("StreamFrames", rest, ending.Token).GetAsyncEnumerator(ending.Token);
            while (await MoveNextAsync(frames, ending.Token))
            {
                var frame = reader.Read(frames.Current);
                if (!IsWhole(tally, frame))
                {
                    tally = new FrameTally();
                    break;
                }

                yield return past.Missing(frame) is { } span ? await WithPastAsync(frame, span, ending.Token) : frame;
            }

            // Lost without the connection saying so yet: not to be asked for again in a tight loop.
            await Task.Delay(PatientRetry.Delay(0), _time, ending.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _hub.DisposeAsync();
        _disposed.Dispose();
    }

    /// <summary>A past that cannot be had, or not soon, holds up nothing: it is then not shown.</summary>
    private async Task<Frame> WithPastAsync(Frame frame, SpanRequest span, CancellationToken cancellationToken)
    {
        try
        {
            return FramePast.Join(frame, await GetSpanAsync(span, cancellationToken).WaitAsync(LongestSilence, _time, cancellationToken));
        }
#pragma warning disable CA1031 // However it fails, what is live is shown.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _logger.LogDebug(e, "The past of a window could not be read");
            return frame;
        }
    }

    private async Task<T> AskAsync<T>(string method, CancellationToken cancellationToken)
    {
        await ConnectedAsync(cancellationToken);
        return await _hub.InvokeAsync<T>(method, cancellationToken);
    }

    /// <summary>Whether a frame goes on where those before it ended. Where not, it is not shown: a window is asked for anew.</summary>
    private bool IsWhole(FrameTally tally, Frame frame)
    {
        try
        {
            tally.Add(frame);
            return true;
        }
        catch (InvalidOperationException problem)
        {
            _logger.LogWarning(problem, "The frames do not follow one another; the window is read anew");
            return false;
        }
    }

    private async Task<bool> MoveNextAsync(IAsyncEnumerator<byte[]> frames, CancellationToken cancellationToken)
    {
        try
        {
            return await frames.MoveNextAsync();
        }
        // On a connection that is lost the same exception says no more than that.
        catch (HubException refusal) when (_hub.State == HubConnectionState.Connected)
        {
            throw new FeedRefusedException(refusal.Message, refusal);
        }
#pragma warning disable CA1031 // However a connection is lost, it is made again.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _logger.LogDebug(e, "A stream of frames broke off; it is taken up when the connection stands again");
            return false;
        }
    }

    /// <summary>Waits until the connection stands; makes it if nobody has asked for it before.</summary>
    private async Task ConnectedAsync(CancellationToken cancellationToken)
    {
        Task connected;
        lock (_gate)
        {
            _starting ??= Task.Run(() => StartAsync(0), CancellationToken.None);
            connected = _connected.Task;
        }

        await connected.WaitAsync(cancellationToken);
    }

    private async Task StartAsync(long tried)
    {
        if (tried > 0)
        {
            await Task.Delay(PatientRetry.Delay(tried), _time, _disposed.Token);
        }

        for (; !_disposed.IsCancellationRequested; tried++)
        {
            try
            {
                await _hub.StartAsync(_disposed.Token);
                await OnConnected();
                return;
            }
#pragma warning disable CA1031 // However it fails, it is tried again.
            catch (Exception e) when (!_disposed.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Enter(Connection.State, e.Message);
                _logger.LogDebug(e, "The LiveViz server could not be reached; it is tried again");
                await Task.Delay(PatientRetry.Delay(tried), _time, _disposed.Token);
            }
        }
    }

    private Task OnConnected()
    {
        Enter(FeedState.Connected, "");
        lock (_gate)
        {
            _connected.TrySetResult();
        }

        return Task.CompletedTask;
    }

    private Task OnReconnecting(Exception? cause)
    {
        Lost();
        Enter(FeedState.Reconnecting, cause?.Message ?? "");
        return Task.CompletedTask;
    }

    private Task OnClosed(Exception? cause)
    {
        if (_disposed.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        // The server said good-bye in a way that the client library does not answer by reconnecting. One that lets
        // nobody in says so after the handshake, and would be asked again at once, and again.
        _shortLived = Connection.State == FeedState.Connected && Now - Connection.Since < ShortLife ? _shortLived + 1 : 0;
        Lost();
        Enter(FeedState.Reconnecting, cause?.Message ?? "The server closed the connection.");
        lock (_gate)
        {
            _starting = Task.Run(() => StartAsync(_shortLived), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    private void Lost()
    {
        lock (_gate)
        {
            _connected = _connected.Task.IsCompleted ? NewSignal() : _connected;
        }
    }

    private void Enter(FeedState state, string problem)
    {
        var current = Connection;
        var since = current.State == state ? current.Since : Now;
        Volatile.Write(ref _connection, new FeedConnection(state, since, problem));
        ConnectionChanged?.Invoke();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
