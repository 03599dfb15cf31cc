using LiveViz.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveViz.Tests.Security;

/// <summary>A LiveViz server in the process of the tests, for those that look inside it.</summary>
internal sealed class AppHere(WebApplication app) : IAsyncDisposable
{
    public IServiceProvider Services => app.Services;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<AppHere> StartAsync(Action<WebApplicationBuilder> configure, params string[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "LiveViz.Server",
            // What keeps history says where.
            Args = ["--urls=http://127.0.0.1:0", .. settings.Any(setting => setting.StartsWith("LiveViz:History", StringComparison.Ordinal)) ? (string[])[] : ["--LiveViz:History:Store=None"], .. settings.Select(setting => $"--{setting}")],
        });
        builder.Logging.ClearProviders();
        configure(builder);
        builder.AddLiveVizServer();
        var app = builder.Build();
        app.MapLiveViz();
        await app.StartAsync();
        return new AppHere(app);
    }

    public async ValueTask DisposeAsync()
    {
        // As a server ends: what still stores or reads must not lose its store on the way.
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
