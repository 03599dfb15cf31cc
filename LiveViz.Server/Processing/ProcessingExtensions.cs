using LiveViz.Server.History;
using LiveViz.Server.Processing;

namespace LiveViz.Server;

/// <summary>Registers what is done to samples between source and log.</summary>
internal static class ProcessingExtensions
{
    /// <exception cref="WrongConfigurationException">The section cannot be run with.</exception>
    public static IServiceCollection AddProcessing(this IServiceCollection services, IConfigurationSection section)
    {
        services.AddSingleton(new SensorSettings(section));
        services.AddSingleton(provider =>
        {
            // What was calculated before a restart is past as any other.
            provider.GetRequiredService<Historian>().Know(Formulas.Name, null);
            return ActivatorUtilities.CreateInstance<Formulas>(provider);
        });
        services.AddSingleton<SensorProcessing>();
        return services;
    }
}
