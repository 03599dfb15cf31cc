using LiveViz.Server.Processing;
using LiveViz.Server.Sources.Push;
using LiveViz.Sources;

namespace LiveViz.Server.Sources;

/// <summary>Runs every configured source for as long as the server runs.</summary>
internal sealed class SourceSupervisor(SourceFactory factory, IEnumerable<PushedSource> doors, Formulas? formulas = null) : BackgroundService
{
    private IReadOnlyList<SupervisedSource> _sources = [];

    /// <summary>
    /// How each source is doing: those the server runs, in the order of the configuration, those that are sent in, and
    /// after them the formulas where there are any.
    /// </summary>
    public IReadOnlyList<SourceStatus> Status
    {
        get
        {
            SourceStatus[] sources = [.. _sources.Select(source => source.Status), .. doors.Select(door => door.Status).OfType<SourceStatus>()];
            return formulas?.StatusAmong(sources) is { } status ? [.. sources, status] : sources;
        }
    }

    /// <summary>Makes the sources. Before the host starts, so that a wrong configuration is one line and not a failed host.</summary>
    /// <exception cref="WrongConfigurationException">An entry cannot be run with.</exception>
    public void Load() => _sources = factory.CreateAll();

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // Each on its own: one that blocks its thread before its first sample holds up nobody.
        Task.WhenAll(_sources.Select(source => Task.Run(() => source.RunAsync(stoppingToken), CancellationToken.None)));
}
