using System.Diagnostics.CodeAnalysis;
using LiveViz.Server.Sources;
using LiveViz.Sources;

namespace LiveViz.Server;

/// <summary>Makes kinds of sources known to the configuration.</summary>
public static class SourceTypeExtensions
{
    /// <summary>
    /// Makes <typeparamref name="TSource"/> available as <c>"Type": "<paramref name="type"/>"</c> in
    /// <c>LiveViz:Sources</c>. Its constructor is given its <typeparamref name="TOptions"/>, read from that entry,
    /// and whatever else it asks for from the services.
    /// </summary>
    public static IServiceCollection AddSourceType<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource, TOptions>(
        this IServiceCollection services, string type)
        where TSource : ISensorSource
        where TOptions : SourceOptions, new() =>
        services.AddSingleton(new SourceType(
            type,
            static () => new TOptions(),
            static (provider, options) => ActivatorUtilities.CreateInstance<TSource>(provider, options)));

    /// <summary>
    /// Makes <typeparamref name="TSource"/>, which has no options of its own, available as
    /// <c>"Type": "<paramref name="type"/>"</c> in <c>LiveViz:Sources</c>.
    /// </summary>
    public static IServiceCollection AddSourceType<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>(
        this IServiceCollection services, string type)
        where TSource : ISensorSource =>
        services.AddSingleton(new SourceType(
            type,
            static () => new SourceOptions(),
            static (provider, _) => ActivatorUtilities.CreateInstance<TSource>(provider)));
}
