using System.Runtime.CompilerServices;
using LiveViz.Sources;

namespace LiveViz.Tests.Sources;

public sealed class ServerMemory : ISensorSource
{
    public IReadOnlyCollection<Sensor> Sensors { get; } =
        [new() { Id = "server-memory", Name = "Server memory", Unit = "MB", Group = "Server" }];

    public async IAsyncEnumerable<DataPoint> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            yield return new DataPoint("server-memory", DateTime.UtcNow, Environment.WorkingSet / 1e6);
        }
    }
}
