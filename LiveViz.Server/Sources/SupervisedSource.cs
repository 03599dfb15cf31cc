using LiveViz.Server.History;
using LiveViz.Server.Processing;
using LiveViz.Server.Streaming;
using LiveViz.Sources;

namespace LiveViz.Server.Sources;

/// <summary>
/// Runs one source: starts it again when it fails, later each time, and knows how it is doing.
/// Nothing it does reaches another source or the host.
/// </summary>
internal sealed class SupervisedSource
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    // A broker that is back is noticed within this, also after a night.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly ISensorSource _source;
    private readonly Intake _intake;
    private readonly SourceProgress _progress;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _type;
    private Phase _phase;

    public SupervisedSource(SourceOptions options, ISensorSource source, SensorLog log, Historian historian, TimeProvider time, ILogger logger, SensorProcessing? processing = null)
    {
        Name = options.Name;
        _type = options.Type;
        _source = source;
        _time = time;
        _logger = logger;
        _intake = new Intake(log, time, logger, Name, source, processing);
        _progress = new SourceProgress(source, logger);
        historian.Know(Name, _progress);
        _phase = new Phase(SourceState.Waiting, "no sample yet", Now, null, 0);
    }

    public string Name { get; }

    public SourceStatus Status
    {
        get
        {
            var phase = Volatile.Read(ref _phase);
            return new SourceStatus
            {
                Name = Name,
                Type = _type,
                State = phase.State,
                Reason = phase.Reason,
                Since = phase.Since,
                RetryAt = phase.RetryAt,
                Restarts = phase.Restarts,
                Accepted = _intake.Accepted,
                Duplicates = _intake.Duplicates,
                Rejected = _intake.Rejected + _source.Rejected,
                LastRejection = _intake.LastRejection,
            };
        }
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    /// <summary>Runs until cancelled, or until a source that ends by itself has ended.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var delay = FirstDelay;
        while (!cancellationToken.IsCancellationRequested)
        {
            var started = Now;
            if (_phase.State == SourceState.Failed)
            {
                Enter(SourceState.Waiting, $"started again, no sample yet; before: {_phase.Reason}");
            }

            var failure = await RunOnceAsync(cancellationToken);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            if (failure is null && _source.EndsByItself)
            {
                Enter(SourceState.Completed, "has delivered all it had");
                _logger.LogInformation("Source {Source} has delivered all it had. Samples: {Accepted}", Name, _intake.Accepted);
                return;
            }

            // One that ran for long before it failed is likely to run again at once.
            delay = Now - started > LongestDelay ? FirstDelay : delay;
            var reason = failure is null ? "ended without an error" : Describe(failure);
            Enter(SourceState.Failed, reason, Now + delay, restarted: true);
            // Without its stack: a broker that is down for a night would fill the log with it.
            _logger.LogWarning("Source {Source} failed: {Failure}. It is started again in {Delay} s", Name, reason, delay.TotalSeconds);
            _logger.LogDebug(failure, "Where source {Source} failed", Name);
            try
            {
                await Task.Delay(delay, _time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    private async Task<Exception?> RunOnceAsync(CancellationToken cancellationToken)
    {
        using var run = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var running = false;
            _intake.Describe();
            _progress.Begin(run);
            await foreach (var point in _source.ReadAsync(run.Token).WithCancellation(run.Token))
            {
                if (!running)
                {
                    running = true;
                    _intake.Describe();
                    Enter(SourceState.Running, "");
                }

                _intake.Accept(point);
                _progress.Took();
            }

            return null;
        }
        catch (OperationCanceledException) when (run.IsCancellationRequested)
        {
            return new HistoryException("samples were lost before they could be stored; it is asked for them again");
        }
#pragma warning disable CA1031 // Whatever a source throws is that source's failure alone.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
        finally
        {
            _progress.End();
        }
    }

    private static string Describe(Exception failure) =>
        string.IsNullOrWhiteSpace(failure.Message) ? failure.GetType().Name : failure.Message.ReplaceLineEndings(" ").TrimEnd(' ', '.');

    private void Enter(SourceState state, string reason, DateTime? retryAt = null, bool restarted = false)
    {
        var restarts = _phase.Restarts + (restarted ? 1 : 0);
        Volatile.Write(ref _phase, new Phase(state, reason, Now, retryAt, restarts));
    }

    private sealed record Phase(SourceState State, string Reason, DateTime Since, DateTime? RetryAt, int Restarts);
}
