using LiveViz.Server.Sources;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LiveViz.Server;

/// <summary>Makes an ASP.NET Core app a LiveViz server.</summary>
public static class LiveVizServerExtensions
{
    /// <summary>Registers everything a LiveViz server is made of, as section <c>LiveViz</c> of the configuration says.</summary>
    /// <exception cref="WrongConfigurationException">The section cannot be run with.</exception>
    public static WebApplicationBuilder AddLiveVizServer(this WebApplicationBuilder builder)
    {
        var options = ReadOptions(builder.Configuration);
        // Outside of development too: `dotnet run` in production finds its styles and scripts only through this.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Options.Create(options));
        builder.Services.AddStreaming();
        builder.Services.AddHistory(builder.Configuration.GetSection("LiveViz"));
        builder.Services.AddHistoryApi();
        builder.Services.AddProcessing(builder.Configuration.GetSection("LiveViz:Sensors"));
        builder.Services.AddSources();
        builder.Services.AddPlugins(builder.Configuration.GetSection("LiveViz:Plugins"));
        builder.Services.AddOpenApi();
        builder.Services.AddProblemDetails();
        builder.Services.AddDashboard();
        builder.Services.AddSecurity(builder.Configuration.GetSection("LiveViz"));
        return builder;
    }

    /// <summary>Makes the sources, and maps the hub, the HTTP interface and the dashboard.</summary>
    /// <exception cref="WrongConfigurationException">A source cannot be run with its configuration.</exception>
    public static WebApplication MapLiveViz(this WebApplication app)
    {
        app.Services.GetRequiredService<SourceSupervisor>().Load();
        app.UseSecurity();
        app.MapStreaming();
        app.MapHttpSource();
        app.MapHistoryApi();
        app.MapDashboard();
        return app;
    }

    /// <summary>Reads section <c>LiveViz</c> but for the sections in it that others read.</summary>
    /// <exception cref="WrongConfigurationException">It cannot be run with.</exception>
    internal static LiveVizOptions ReadOptions(IConfiguration configuration)
    {
        ConfigurationReader.RefuseMisspelt(configuration, "LiveViz");
        var options = new LiveVizOptions();
        ConfigurationReader.Fill(
            configuration.GetSection("LiveViz"), options, alsoKnown: ["Sources", "Security", "Limits", "History", "Sensors", "Plugins"]);
        return options;
    }
}
