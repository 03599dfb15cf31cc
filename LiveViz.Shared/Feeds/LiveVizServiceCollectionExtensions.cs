using LiveViz.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveViz;

/// <summary>Registers LiveViz in an app that shows charts.</summary>
public static class LiveVizServiceCollectionExtensions
{
    /// <summary>Registers what charts need: a feed from a LiveViz server, one connection for each user.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="server">Address of the LiveViz server, such as <c>http://localhost:5000</c>.</param>
    public static IServiceCollection AddLiveViz(this IServiceCollection services, string server) =>
        services.AddLiveViz(options => options.Server = new Uri(server));

    /// <summary>Registers what charts need: a feed from a LiveViz server, one connection for each user.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Says where the server is, and how to connect.</param>
    public static IServiceCollection AddLiveViz(this IServiceCollection services, Action<FeedOptions> configure)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.Configure(configure);
        services.TryAddScoped<ISensorFeed, SignalRFeed>();
        return services;
    }
}
