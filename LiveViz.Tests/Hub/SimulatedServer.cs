using LiveViz.Tests.Running;

namespace LiveViz.Tests.Hub;

/// <summary>One server with the simulated factory, for all tests that only look at it.</summary>
public sealed class SimulatedServer : IAsyncLifetime
{
    internal LiveVizServer Server { get; private set; } = default!;

    public async Task InitializeAsync() => Server = await LiveVizServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
