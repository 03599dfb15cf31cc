using LiveViz.Server.Sources;
using LiveViz.Server.Sources.Plugins;

namespace LiveViz.Server;

/// <summary>Makes the sources of plug-ins known to the configuration.</summary>
internal static class PluginExtensions
{
    // Beside the program, wherever it is started from.
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>Loads the plug-ins that a section lists, and those in the folder "plugins" beside the program.</summary>
    /// <exception cref="WrongConfigurationException">One of them cannot be used.</exception>
    public static IServiceCollection AddPlugins(this IServiceCollection services, IConfigurationSection section)
    {
        foreach (var (key, path) in Listed(section).Concat(InFolder(Folder).Select(file => (Folder, file))).DistinctBy(plugin => Path.GetFullPath(plugin.Item2)))
        {
            try
            {
                foreach (var type in Plugin.Load(path))
                {
                    services.AddPluginType(type);
                }
            }
            catch (PluginException e)
            {
                throw new WrongConfigurationException(key, $"the plug-in {path} {e.Message}", e);
            }
        }

        return services;
    }

    private static void AddPluginType(this IServiceCollection services, SourceType type)
    {
        var others = services.Select(service => service.ServiceType == typeof(SourceType) ? service.ImplementationInstance as SourceType : null);
        if (others.Any(other => type.Type.Equals(other?.Type, StringComparison.OrdinalIgnoreCase)))
        {
            throw new PluginException($"has a source of the type \"{type.Type}\" in it, which there is already; give the class another name, or [SourceType(\"…\")]");
        }

        services.AddSingleton(type);
    }

    private static IEnumerable<(string Key, string Path)> Listed(IConfigurationSection section)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            throw new WrongConfigurationException(section.Path, $"\"{section.Value}\" is not a list; write {section.Path}:0 and so on");
        }

        foreach (var entry in section.GetChildren())
        {
            if (string.IsNullOrWhiteSpace(entry.Value))
            {
                throw new WrongConfigurationException(entry.Path, "is not the path of a plug-in, such as plugins/Own.dll");
            }

            if (Directory.Exists(entry.Value))
            {
                var files = InFolder(entry.Value).ToList();
                foreach (var file in files.Count > 0 ? files : throw new WrongConfigurationException(entry.Path, $"the folder {entry.Value} has no plug-in in it: no Own.dll with Own.deps.json beside it"))
                {
                    yield return (entry.Path, file);
                }
            }
            else
            {
                yield return (entry.Path, entry.Value);
            }
        }
    }

    // A plug-in has a file that says what it brings along; what it brings along has none. Each may be in a folder of its own.
    private static IEnumerable<string> InFolder(string folder)
    {
        const string Said = ".deps.json";
        return Directory.Exists(folder)
            ? new[] { folder }.Concat(Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
                .SelectMany(place => Directory.EnumerateFiles(place, "*" + Said).Order(StringComparer.Ordinal))
                .Select(file => file[..^Said.Length] + ".dll")
                .Where(File.Exists)
            : [];
    }
}
