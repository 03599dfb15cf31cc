using LiveViz.Server.Sources;

namespace LiveViz.Server.History;

/// <summary>Stores what is in the sensor log, and says so to those who must not be told before.</summary>
internal sealed class Historian : BackgroundService
{
    // Without a store, what is in the log is all that can be promised.
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<SourceProgress> _sources = [];

    public Historian(TimeProvider time) => _time = time;

    /// <summary>From now on, tells a source what of its samples is stored.</summary>
    public void Tell(SourceProgress source)
    {
        lock (_gate)
        {
            _sources.Add(source);
        }
    }

    /// <summary>Waits until all samples that were taken in before this call are stored.</summary>
    /// <exception cref="HistoryException">They cannot be stored now.</exception>
    public Task StoredAsync(CancellationToken cancellationToken) =>
        Task.CompletedTask.WaitAsync(Timeout.InfiniteTimeSpan, _time, cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            SourceProgress[] sources;
            lock (_gate)
            {
                sources = [.. _sources];
            }

            foreach (var source in sources)
            {
                source.Stored(source.Now());
            }
        }
    }
}
