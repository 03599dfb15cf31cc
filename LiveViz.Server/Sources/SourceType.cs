using LiveViz.Sources;

namespace LiveViz.Server.Sources;

/// <summary>A kind of source that the configuration can name.</summary>
/// <param name="Type">What <c>Type</c> says in the configuration.</param>
/// <param name="NewOptions">Makes its options, with their defaults.</param>
/// <param name="Create">Makes a source of read and valid options.</param>
internal sealed record SourceType(
    string Type,
    Func<SourceOptions> NewOptions,
    Func<IServiceProvider, SourceOptions, ISensorSource> Create);
