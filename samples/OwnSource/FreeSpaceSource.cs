using System.Runtime.CompilerServices;
using LiveViz;
using LiveViz.Sources;

namespace OwnSource;

/// <summary>Watches how much of a disk is free.</summary>
/// <param name="options">Its entry in the configuration.</param>
/// <param name="time">The server's clock.</param>
public sealed class FreeSpaceSource(FreeSpaceOptions options, TimeProvider time) : ISensorSource
{
    private string Id => $"free-space:{options.Path}";

    /// <inheritdoc/>
    public IReadOnlyCollection<Sensor> Sensors =>
        [new() { Id = Id, Name = $"Free on {options.Path}", Unit = "GB", Group = "Disks", Resolution = 0.001 }];

    /// <inheritdoc/>
    public async IAsyncEnumerable<DataPoint> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Interval, time);
        do
        {
            // What it throws where there is no such folder is a failure of the source that an operator reads.
            var free = new DriveInfo(options.Path).AvailableFreeSpace / 1e9;
            yield return new DataPoint(Id, time.GetUtcNow().UtcDateTime, free);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
