using LiveViz.Sources;

namespace LiveViz.Server.Sources;

/// <summary>Runs every configured source for as long as the server runs.</summary>
internal sealed class SourceSupervisor(SourceFactory factory) : BackgroundService
{
    private IReadOnlyList<SupervisedSource> _sources = [];

    /// <summary>How each source is doing, in the order of the configuration.</summary>
    public IReadOnlyList<SourceStatus> Status => [.. _sources.Select(source => source.Status)];

    /// <summary>Makes the sources. Before the host starts, so that a wrong configuration is one line and not a failed host.</summary>
    /// <exception cref="WrongConfigurationException">An entry cannot be run with.</exception>
    public void Load() => _sources = factory.CreateAll();

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // Each on its own: one that blocks its thread before its first sample holds up nobody.
        Task.WhenAll(_sources.Select(source => Task.Run(() => source.RunAsync(stoppingToken), CancellationToken.None)));
}
