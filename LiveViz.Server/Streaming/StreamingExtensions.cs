using LiveViz.Server.Security;
using LiveViz.Server.Streaming;

namespace LiveViz.Server;

/// <summary>Registers the sensor log and the hub.</summary>
internal static class StreamingExtensions
{
    // Short enough that a cut is noticed within seconds, long enough that a thousand clients cost nothing.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(3);

    public static IServiceCollection AddStreaming(this IServiceCollection services)
    {
        services.AddSingleton<SensorLog>();
        services.AddSingleton<FrameChannels>();
        services.AddSingleton<SpanReader>();
        services.AddSingleton<StreamMetrics>();
        services.AddSingleton<HubClients>();
        services.AddSignalR().AddMessagePackProtocol().AddHubOptions<SensorHub>(hub => hub.KeepAliveInterval = KeepAlive);
        return services;
    }

    public static void MapStreaming(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapHub<SensorHub>("/hubs/sensors", SlowClients.Limit).RequireCors(SecurityExtensions.AllowedOriginsPolicy);
}
