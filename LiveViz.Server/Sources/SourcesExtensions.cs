using LiveViz.Server.Sources.CsvReplay;
using LiveViz.Server.Sources.Http;
using LiveViz.Server.Sources.Kafka;
using LiveViz.Server.Sources.Mqtt;
using LiveViz.Server.Sources.Nats;
using LiveViz.Server.Sources.Push;
using LiveViz.Server.Sources.Simulated;
using LiveViz.Server.Sources.Sparkplug;
using LiveViz.Server.Sources.Sql;
using LiveViz.Server.Sources.Tcp;
using LiveViz.Server.Sources;

namespace LiveViz.Server;

/// <summary>Registers the sources that come with the server, and what runs them.</summary>
internal static class SourcesExtensions
{
    public static IServiceCollection AddSources(this IServiceCollection services)
    {
        services.AddSourceType<SimulatedSource, SimulatedOptions>("Simulated");
        services.AddSourceType<CsvReplaySource, CsvReplayOptions>("CsvReplay");
        services.AddSourceType<KafkaSource, KafkaOptions>("Kafka");
        services.AddSourceType<NatsSource, NatsOptions>("Nats");
        services.AddSourceType<SqlSource, SqlOptions>("Sql");
        services.AddSourceType<MqttSource, MqttOptions>("Mqtt");
        services.AddSourceType<SparkplugSource, SparkplugOptions>("SparkplugB");
        services.AddSourceType<TcpSource, TcpOptions>("Tcp");
        services.AddPushedSource<HttpDoor>();
        services.AddPushedSource<HubDoor>();
        services.AddSingleton<SourceFactory>();
        services.AddSingleton<SourceSupervisor>();
        services.AddHostedService(provider => provider.GetRequiredService<SourceSupervisor>());
        return services;
    }

    private static void AddPushedSource<TDoor>(this IServiceCollection services)
        where TDoor : PushedSource
    {
        services.AddSingleton<TDoor>();
        services.AddSingleton<PushedSource>(provider => provider.GetRequiredService<TDoor>());
    }
}
