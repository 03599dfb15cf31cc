using LiveViz.Sources;

namespace LiveViz.Server.Sources;

/// <summary>Runs every configured source for as long as the server runs.</summary>
internal sealed class SourceSupervisor(SourceFactory factory) : BackgroundService
{
    private IReadOnlyList<SupervisedSource> _sources = [];

    /// <summary>How each source is doing, in the order of the configuration.</summary>
    public IReadOnlyList<SourceStatus> Status => [.. _sources.Select(source => source.Status)];

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Here and not in ExecuteAsync, so that a wrong configuration stops the start.
        _sources = factory.CreateAll();
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // Each on its own: one that blocks its thread before its first sample holds up nobody.
        Task.WhenAll(_sources.Select(source => Task.Run(() => source.RunAsync(stoppingToken), CancellationToken.None)));
}
