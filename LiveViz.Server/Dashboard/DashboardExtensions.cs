using LiveViz.Server.Dashboard;
using LiveViz.Server.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using MudBlazor.Services;

namespace LiveViz.Server;

/// <summary>Registers the dashboard.</summary>
internal static class DashboardExtensions
{
    // A cut is noticed by the browser within three of these: nobody should look at a dead picture for longer.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(3);

    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub =>
        {
            hub.KeepAliveInterval = KeepAlive;
            hub.AddFilter<ConnectionFilter>();
        });
        services.AddMudServices();
        services.AddScoped<PlantView>();
        services.AddScoped<ViewSettings>();
        services.AddLiveViz(_ => { });
        services.AddOptions<Feeds.FeedOptions>().Configure<IServer, IOptions<LiveVizOptions>>(
            (feed, server, options) => feed.Server = OwnAddress.Of(server, options.Value.OwnAddress));
        return services;
    }

    public static void MapDashboard(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/not-found");
        app.UseWhen(IsApi, api => api.UseStatusCodePages());
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }

    // A program is told in its own form, and not by a page.
    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
