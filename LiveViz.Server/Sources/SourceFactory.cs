using LiveViz.Server.History;
using LiveViz.Server.Processing;
using LiveViz.Server.Streaming;
using LiveViz.Sources;

namespace LiveViz.Server.Sources;

/// <summary>Makes the sources that the configuration asks for.</summary>
internal sealed class SourceFactory(
    IConfiguration configuration,
    IEnumerable<SourceType> types,
    IServiceProvider services,
    SensorLog log,
    Historian historian,
    TimeProvider time,
    ILogger<SupervisedSource> logger,
    SensorProcessing? processing = null)
{
    private const string Key = "LiveViz:Sources";

    /// <summary>Makes every source, or none.</summary>
    /// <exception cref="WrongConfigurationException">An entry cannot be run with.</exception>
    public IReadOnlyList<SupervisedSource> CreateAll()
    {
        var section = configuration.GetSection(Key);
        if (!string.IsNullOrEmpty(section.Value))
        {
            throw new WrongConfigurationException(Key, $"\"{section.Value}\" is not a list of sources; write {Key}:0:Type and so on");
        }

        var sources = new List<SupervisedSource>();
        foreach (var entry in section.GetChildren())
        {
            var source = Create(entry);
            if (sources.Exists(other => other.Name.Equals(source.Name, StringComparison.OrdinalIgnoreCase)))
            {
                throw new WrongConfigurationException($"{entry.Path}:Name", $"\"{source.Name}\" is the name of another source too; give each its own");
            }

            sources.Add(source);
        }

        return sources;
    }

    private SupervisedSource Create(IConfigurationSection entry)
    {
        var allowed = string.Join(", ", types.Select(known => known.Type));
        var name = entry["Type"];
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new WrongConfigurationException($"{entry.Path}:Type", $"is missing; allowed are {allowed}");
        }

        var type = types.LastOrDefault(known => known.Type.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new WrongConfigurationException($"{entry.Path}:Type", $"\"{name}\" is no type of source; allowed are {allowed}");
        var options = type.NewOptions();
        ConfigurationReader.Fill(entry, options);
        options.Type = type.Type;
        if (string.IsNullOrWhiteSpace(options.Name))
        {
            options.Name = options.DefaultName;
        }

        return new SupervisedSource(options, Make(type, options, entry), log, historian, time, logger, processing);
    }

    private ISensorSource Make(SourceType type, SourceOptions options, IConfigurationSection entry)
    {
        try
        {
            return type.Create(services, options);
        }
#pragma warning disable CA1031 // Whatever the constructor of somebody's source throws, the operator reads one line.
        catch (Exception e) when (e is not WrongConfigurationException)
#pragma warning restore CA1031
        {
            throw new WrongConfigurationException(entry.Path, $"the source \"{options.Name}\" of type {type.Type} could not be made: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
