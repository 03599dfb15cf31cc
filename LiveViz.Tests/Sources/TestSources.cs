using LiveViz.Server.History;
using LiveViz.Server.Sources;
using LiveViz.Sources;
using LiveViz.Tests.Streaming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LiveViz.Tests.Sources;

/// <summary>Makes sources from a configuration.</summary>
internal static class TestSources
{
    public static IConfiguration Configuration(params (string Key, string? Value)[] sources) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(sources.Select(entry => KeyValuePair.Create($"LiveViz:Sources:{entry.Key}", entry.Value)))
            .Build();

    public static SourceType Type(string name, Func<int, CancellationToken, IAsyncEnumerable<DataPoint>> read) =>
        new(name, () => new SourceOptions(), (_, _) => new FakeSource(read));

    public static SourceFactory Factory(IConfiguration configuration, params SourceType[] types)
    {
        var time = Clock.New();
        return new SourceFactory(
            configuration, types, [], new ServiceCollection().BuildServiceProvider(), TestLog.New(time), new Historian(null, time, new ListLogger<Historian>()), time, new ListLogger<SupervisedSource>());
    }

    public static SourceSupervisor Supervisor(IConfiguration configuration, params SourceType[] types) => new(Factory(configuration, types), []);
}
