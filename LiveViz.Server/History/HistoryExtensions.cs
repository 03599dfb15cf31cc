using LiveViz.Server.History;
using LiveViz.Server.Streaming;
using Microsoft.Extensions.Options;

namespace LiveViz.Server;

/// <summary>Registers the historian.</summary>
internal static class HistoryExtensions
{
    /// <summary>Registers it, as section <c>History</c> says.</summary>
    /// <exception cref="WrongConfigurationException">The section cannot be run with.</exception>
    public static IServiceCollection AddHistory(this IServiceCollection services, IConfigurationSection configuration)
    {
        var settings = ReadSettings(configuration);
        services.AddSingleton(settings);
        services.AddSingleton(Options.Create(settings.Options));
        services.AddSingleton(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var store = NewStore(settings.Options, provider.GetRequiredService<IOptions<LiveVizOptions>>().Value);
            var logger = provider.GetRequiredService<ILogger<Historian>>();
            var writer = store is null
                ? null
                : new ArchiveWriter(store, provider.GetRequiredService<SensorLog>(), time, settings.Options.ReadAhead, settings.NewRetention(time, logger));
            return new Historian(writer, time, logger);
        });
        services.AddSingleton<HistoryReader>();
        services.AddHostedService(provider => provider.GetRequiredService<Historian>());
        return services;
    }

    /// <summary>Reads the section <c>History</c>.</summary>
    /// <exception cref="WrongConfigurationException">The section cannot be run with.</exception>
    internal static HistorySettings ReadSettings(IConfigurationSection configuration)
    {
        var options = new HistoryOptions();
        var section = configuration.GetSection("History");
        ConfigurationReader.Fill(section, options, alsoKnown: "Retention");
        var retention = new RetentionOptions();
        ConfigurationReader.Fill(section.GetSection("Retention"), retention, alsoKnown: "Sensors");
        return new HistorySettings(options, retention, [.. section.GetSection("Retention:Sensors").GetChildren().Select(SensorRetention)]);
    }

    private static SensorRetentionOptions SensorRetention(IConfigurationSection entry)
    {
        var options = new SensorRetentionOptions();
        ConfigurationReader.Fill(entry, options);
        return options;
    }

    /// <summary>The store that is configured; null where nothing is to be stored.</summary>
    /// <exception cref="WrongConfigurationException">It cannot be made.</exception>
    internal static HistoryStore? NewStore(HistoryOptions options, LiveVizOptions server)
    {
        switch (options.Store)
        {
            case HistoryStoreKind.Sqlite:
                return new SqliteStore(options.Path ?? Path.Combine(server.DataPath, "history.db"));
            case HistoryStoreKind.Postgres:
                try
                {
                    return new PostgresStore(options.ConnectionString!);
                }
                catch (ArgumentException e)
                {
                    throw new WrongConfigurationException("LiveViz:History:ConnectionString", $"cannot be read: {e.Message}", e);
                }

            default:
                return null;
        }
    }
}
