using LiveViz.Server.History;
using LiveViz.Server.Processing;
using LiveViz.Server.Sources.Push;
using LiveViz.Server.Streaming;
using LiveViz.Sources;

namespace LiveViz.Server.Sources;

/// <summary>Makes the sources that the configuration asks for.</summary>
internal sealed class SourceFactory(
    IConfiguration configuration,
    IEnumerable<SourceType> types,
    IEnumerable<PushedSource> doors,
    IServiceProvider services,
    SensorLog log,
    Historian historian,
    TimeProvider time,
    ILogger<SupervisedSource> logger,
    SensorProcessing? processing = null)
{
    private const string Key = "LiveViz:Sources";

    /// <summary>Makes every source, or none, and sets up the doors that samples are sent in through.</summary>
    /// <exception cref="WrongConfigurationException">An entry cannot be run with.</exception>
    public IReadOnlyList<SupervisedSource> CreateAll()
    {
        var section = configuration.GetSection(Key);
        if (!string.IsNullOrEmpty(section.Value))
        {
            throw new WrongConfigurationException(Key, $"\"{section.Value}\" is not a list of sources; write {Key}:0:Type and so on");
        }

        var sources = new List<SupervisedSource>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in section.GetChildren())
        {
            var (name, source) = Create(entry);
            if (name.Equals(Formulas.Name, StringComparison.OrdinalIgnoreCase))
            {
                throw new WrongConfigurationException($"{entry.Path}:Name", $"\"{name}\" is what the sensors that formulas calculate are known by; give the source another one");
            }

            if (!names.Add(name))
            {
                throw new WrongConfigurationException($"{entry.Path}:Name", $"\"{name}\" is the name of another source too; give each its own");
            }

            if (source is not null)
            {
                sources.Add(source);
            }
        }

        foreach (var door in doors.Where(door => door.IsEnabled))
        {
            // One that nobody has named is there all the same, under the name of its type.
            if (!door.IsConfigured && !names.Add(door.Name))
            {
                throw new WrongConfigurationException(Key, $"\"{door.Name}\" is what samples sent to the server are known by; give the source of that name another one");
            }

            door.Open();
        }

        return sources;
    }

    private (string Name, SupervisedSource? Source) Create(IConfigurationSection entry)
    {
        var allowed = string.Join(", ", types.Select(known => known.Type).Concat(doors.Select(door => door.Type)));
        var name = entry["Type"];
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new WrongConfigurationException($"{entry.Path}:Type", $"is missing; allowed are {allowed}");
        }

        if (doors.FirstOrDefault(known => known.Type.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } door)
        {
            if (door.IsConfigured)
            {
                throw new WrongConfigurationException($"{entry.Path}:Type", $"{door.Type} is set up by another entry already; there is one");
            }

            var settings = door.NewOptions();
            Fill(entry, settings, door.Type);
            door.Configure(settings);
            return (door.Name, null);
        }

        var type = types.LastOrDefault(known => known.Type.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new WrongConfigurationException($"{entry.Path}:Type", $"\"{name}\" is no type of source; allowed are {allowed}");
        var options = type.NewOptions();
        Fill(entry, options, type.Type);
        return (options.Name, new SupervisedSource(options, Make(type, options, entry), log, historian, time, logger, processing));
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

    private static void Fill(IConfigurationSection entry, SourceOptions options, string type)
    {
        ConfigurationReader.Fill(entry, options);
        options.Type = type;
        if (string.IsNullOrWhiteSpace(options.Name))
        {
            options.Name = options.DefaultName;
        }
    }
}
