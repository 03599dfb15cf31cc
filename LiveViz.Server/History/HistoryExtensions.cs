using LiveViz.Server.History;

namespace LiveViz.Server;

/// <summary>Registers the historian.</summary>
internal static class HistoryExtensions
{
    public static IServiceCollection AddHistory(this IServiceCollection services)
    {
        services.AddSingleton<Historian>();
        services.AddHostedService(provider => provider.GetRequiredService<Historian>());
        return services;
    }
}
