using LiveViz.Server.Sources;

namespace LiveViz.Server.History;

/// <summary>
/// Stores what is in the sensor log, and says so to those who must not be told before. It reads the log as any reader
/// does, so nothing waits for the disk; a commit holds all that has come since the last one, for all who wait for it.
/// </summary>
internal sealed class Historian : IHostedService, IDisposable
{
    // How soon what nobody waits for is stored: what a power cut may cost of it.
    private static readonly TimeSpan Unasked = TimeSpan.FromMilliseconds(200);

    // A broker sends so and so many messages before the first is acknowledged: it is not kept waiting.
    private static readonly TimeSpan Asked = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    // For so long the start of the server waits for the past to be read.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly ArchiveWriter? _writer;
    private readonly TimeProvider _time;
    private readonly ILogger<Historian> _logger;
    private readonly Lock _gate = new();
    private readonly List<SourceProgress> _sources = [];
    private readonly List<string> _names = [];
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<HistoryImport> _imports = new();
    private List<TaskCompletionSource> _waiters = [];
    private bool _settlesNow;
    private Task _running = Task.CompletedTask;
    private volatile bool _isStopping;
    private HistoryStatus _status;

    /// <summary>Makes a historian.</summary>
    /// <param name="writer">What it stores with; null where nothing is stored.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where an operator reads what goes wrong.</param>
    public Historian(ArchiveWriter? writer, TimeProvider time, ILogger<Historian> logger)
    {
        _writer = writer;
        _time = time;
        _logger = logger;
        _status = new HistoryStatus { State = writer is null ? HistoryState.Off : HistoryState.Starting, Since = Now };
    }

    /// <summary>How it is doing.</summary>
    public HistoryStatus Status => Volatile.Read(ref _status) with
    {
        Stored = _writer?.Stored ?? 0,
        Lost = _writer?.Lost ?? 0,
        Bytes = _writer?.Store.Size,
    };

    /// <summary>What it stores with; null where nothing is stored.</summary>
    public ArchiveWriter? Writer => _writer;

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    /// <summary>Makes a source known: its sensors have their past in memory when the server starts.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="progress">What is told how many of its samples are stored; null where nobody is.</param>
    public void Know(string source, SourceProgress? progress)
    {
        lock (_gate)
        {
            _names.Add(source);
            if (progress is not null)
            {
                _sources.Add(progress);
            }
        }
    }

    /// <summary>Waits until all samples that were taken in before this call are stored.</summary>
    /// <exception cref="HistoryException">They cannot be stored now.</exception>
    public Task StoredAsync(CancellationToken cancellationToken) => WaitAsync(settled: false, cancellationToken);

    /// <summary>Waits until they are also in their place in the order of time.</summary>
    /// <exception cref="HistoryException">They cannot be stored now.</exception>
    public Task SettledAsync(CancellationToken cancellationToken) => WaitAsync(settled: true, cancellationToken);

    /// <summary>
    /// Stores samples that were measured before and never came through the log, a slice at a time between what is live.
    /// One of the same time as a stored one takes its place.
    /// </summary>
    /// <param name="batch">Sensors, as they are to be known where they are not, and samples of each; in memory until they are stored.</param>
    /// <param name="cancellationToken">Ends the waiting; what was handed over may still be stored.</param>
    /// <returns>What became of them, when all of them are stored.</returns>
    /// <exception cref="HistoryException">Not all of them could be.</exception>
    public Task<ImportCount> ImportAsync(IEnumerable<(Sensor Sensor, SampleList Samples)> batch, CancellationToken cancellationToken)
    {
        var import = new HistoryImport(batch);
        lock (_gate)
        {
            if (_writer is null || WhyNot() is not null)
            {
                return Task.FromException<ImportCount>(WhyNot() ?? new HistoryException("no history is kept: LiveViz:History:Store is None"));
            }

            _imports.Enqueue(import);
        }

        Wake();
        return import.Done.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_writer is null)
        {
            _opened.TrySetResult();
        }

        _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        // With its past in the log before the first sample comes; but a store that is not there holds up nobody.
        await _opened.Task.WaitAsync(Patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        Wake();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wake.Dispose();
        _writer?.Store.Dispose();
    }

    private Task WaitAsync(bool settled, CancellationToken cancellationToken)
    {
        if (_writer is null)
        {
            return Task.CompletedTask;
        }

        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (WhyNot() is { } failure)
            {
                return Task.FromException(failure);
            }

            _settlesNow |= settled;
            _waiters.Add(waiter);
        }

        Wake();
        return waiter.Task.WaitAsync(cancellationToken);
    }

    private HistoryException? WhyNot() =>
        _status.State == HistoryState.Failing ? new HistoryException(_status.Reason, _status.IsFull)
        : _isStopping ? new HistoryException("the server is stopping")
        : null;

    /// <summary>The thread that writes.</summary>
    private void Run()
    {
        var isOpen = _writer is null;
        while (true)
        {
            var isLast = _isStopping;
            var waiters = TakeWaiters(out var settlesNow);
            try
            {
                if (!isOpen)
                {
                    _writer!.Open(Names());
                    isOpen = true;
                    _opened.TrySetResult();
                }

                // A store that can be opened may still have no room: that it stores is known when it has.
                if (Store(settlesNow || isLast) || _status.State == HistoryState.Starting)
                {
                    Enter(HistoryState.Storing);
                }

                waiters.ForEach(waiter => waiter.TrySetResult());
                Import();
            }
            catch (HistoryException e)
            {
                Fail(e, waiters);
                isOpen = false;
                _opened.TrySetResult();
            }
#pragma warning disable CA1031 // Whatever goes wrong here, the next try may go well, and live goes on.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _logger.LogError(e, "The historian failed");
                Fail(new HistoryException($"the historian failed: {e.Message}"), waiters);
                isOpen = false;
                _opened.TrySetResult();
            }

            if (isLast)
            {
                TakeWaiters(out _).ForEach(waiter => waiter.TrySetException(new HistoryException("the server is stopping")));
                TakeImports().ForEach(import => import.End(new HistoryException("the server is stopping")));
                return;
            }

            if ((_writer?.IsSettling != true && !IsImporting()) || !isOpen)
            {
                _wake.Wait(!isOpen ? Retry : HasToAcknowledge() ? Asked : Unasked);
            }
        }
    }

    /// <returns>Whether anything was stored.</returns>
    private bool Store(bool settlesNow)
    {
        var isStored = false;
        (SourceProgress Source, SourceProgress.Mark Mark)[] marks;
        lock (_gate)
        {
            marks = [.. _sources.Select(source => (source, source.Now()))];
        }

        if (_writer is not null)
        {
            var lost = _writer.Lost;
            isStored = _writer.Commit();
            if (_writer.Lost > lost)
            {
                _logger.LogError("Samples had to make room in memory before they could be stored: {Count}", _writer.Lost - lost);
                Array.ForEach(marks, entry => entry.Source.Lost());
            }
        }

        Array.ForEach(marks, entry => entry.Source.Stored(entry.Mark));
        _writer?.Settle(settlesNow);
        _writer?.Forget();
        return isStored;
    }

    /// <summary>Stores a slice of what is to be imported.</summary>
    private void Import()
    {
        HistoryImport? import;
        lock (_gate)
        {
            _imports.TryPeek(out import);
        }

        if (import is null || _writer!.Import(import))
        {
            return;
        }

        lock (_gate)
        {
            _imports.Dequeue();
        }

        import.End(null);
    }

    private bool IsImporting()
    {
        lock (_gate)
        {
            return _imports.Count > 0;
        }
    }

    private List<HistoryImport> TakeImports()
    {
        lock (_gate)
        {
            var imports = _imports.ToList();
            _imports.Clear();
            return imports;
        }
    }

    private bool HasToAcknowledge()
    {
        lock (_gate)
        {
            return _sources.Exists(source => source.HasToAcknowledge);
        }
    }

    private string[] Names()
    {
        lock (_gate)
        {
            return [.. _names];
        }
    }

    private List<TaskCompletionSource> TakeWaiters(out bool settlesNow)
    {
        lock (_gate)
        {
            var waiters = _waiters;
            _waiters = [];
            settlesNow = _settlesNow;
            _settlesNow = false;
            return waiters;
        }
    }

    private void Fail(HistoryException failure, List<TaskCompletionSource> waiters)
    {
        if (_status.State != HistoryState.Failing || _status.Reason != failure.Message)
        {
            _logger.LogError("Nothing can be stored: {Reason}. It is tried again every second; live charts are not affected", failure.Message);
        }

        lock (_gate)
        {
            waiters.AddRange(_waiters);
            _waiters = [];
            var since = _status.State == HistoryState.Failing ? _status.Since : Now;
            _status = new HistoryStatus { State = HistoryState.Failing, Reason = failure.Message, IsFull = failure.IsFull, Since = since };
        }

        waiters.ForEach(waiter => waiter.TrySetException(new HistoryException(failure.Message, failure.IsFull, failure)));
        TakeImports().ForEach(import => import.End(new HistoryException(failure.Message, failure.IsFull, failure)));
    }

    private void Enter(HistoryState state)
    {
        if (_status.State == state)
        {
            return;
        }

        if (_status.State == HistoryState.Failing)
        {
            _logger.LogInformation("Samples are stored again, after {Duration}", Now - _status.Since);
        }

        lock (_gate)
        {
            _status = new HistoryStatus { State = state, Since = Now };
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
    }
}
