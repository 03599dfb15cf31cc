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
        var options = new HistoryOptions();
        var section = configuration.GetSection("History");
        ConfigurationReader.Fill(section, options, alsoKnown: "Retention");
        var retention = new RetentionOptions();
        ConfigurationReader.Fill(section.GetSection("Retention"), retention, alsoKnown: "Sensors");
        var sensors = section.GetSection("Retention:Sensors").GetChildren().Select(SensorRetention).ToList();
        services.AddSingleton(Options.Create(options));
        services.AddSingleton(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var store = NewStore(options, provider.GetRequiredService<IOptions<LiveVizOptions>>().Value);
            var logger = provider.GetRequiredService<ILogger<Historian>>();
            var writer = store is null
                ? null
                : new ArchiveWriter(store, provider.GetRequiredService<SensorLog>(), time, options.ReadAhead, new Retention(retention, sensors, time, logger));
            return new Historian(writer, time, logger);
        });
        services.AddSingleton<HistoryReader>();
        services.AddHostedService(provider => provider.GetRequiredService<Historian>());
        return services;
    }

    private static SensorRetentionOptions SensorRetention(IConfigurationSection entry)
    {
        var options = new SensorRetentionOptions();
        ConfigurationReader.Fill(entry, options);
        return options;
    }

    private static HistoryStore? NewStore(HistoryOptions options, LiveVizOptions server)
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
