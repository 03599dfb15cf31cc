using System.Reflection;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.Plugins;

/// <summary>Makes the kinds of sources in an assembly known.</summary>
internal static class Plugin
{
    private const string Suffix = "Source";

    /// <summary>Loads an assembly, and finds every public class in it that is a source.</summary>
    /// <param name="path">Its file.</param>
    /// <exception cref="PluginException">It cannot be used. The message says why, to follow the file's name.</exception>
    public static IReadOnlyList<SourceType> Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new PluginException("is not there");
        }

        try
        {
            var assembly = new PluginContext(Path.GetFullPath(path)).LoadPlugin();
            CheckVersion(assembly);
            var sources = assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && type.IsAssignableTo(typeof(ISensorSource)));
            SourceType[] types = [.. sources.Select(Describe)];
            return types.Length > 0 ? types : throw new PluginException("has no public class in it that is an ISensorSource");
        }
        catch (BadImageFormatException e)
        {
            throw new PluginException("is no .NET assembly, or not one for this kind of machine", e);
        }
        catch (Exception e) when (e is IOException or TypeLoadException or ReflectionTypeLoadException or UnauthorizedAccessException)
        {
            throw new PluginException($"cannot be loaded: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}", e);
        }
    }

    // Before 1.0 a minor version may break what is built on it, as semantic versioning has it.
    private static void CheckVersion(Assembly assembly)
    {
        var contract = typeof(ISensorSource).Assembly.GetName();
        var built = Array.Find(assembly.GetReferencedAssemblies(), name => name.Name == contract.Name)?.Version;
        if (built is not null && (built.Major, built.Minor) != (contract.Version!.Major, contract.Version.Minor))
        {
            throw new PluginException($"was built for LiveViz {built.ToString(3)}, and this is {contract.Version.ToString(3)}; build it against this one");
        }
    }

    private static SourceType Describe(Type source)
    {
        var options = source.GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .Select(parameter => parameter.ParameterType)
            .FirstOrDefault(type => type.IsAssignableTo(typeof(SourceOptions)));
        if (options is not null && options.GetConstructor(Type.EmptyTypes) is null)
        {
            throw new PluginException($"has options in it, {options.Name}, without a public constructor that needs nothing");
        }

        return new SourceType(
            NameOf(source),
            () => (SourceOptions)Activator.CreateInstance(options ?? typeof(SourceOptions))!,
            (services, made) => (ISensorSource)ActivatorUtilities.CreateInstance(services, source, options is null ? [] : [made]));
    }

    private static string NameOf(Type source) =>
        source.GetCustomAttribute<SourceTypeAttribute>() is { } attribute ? attribute.Type
        : source.Name.EndsWith(Suffix, StringComparison.Ordinal) && source.Name.Length > Suffix.Length ? source.Name[..^Suffix.Length]
        : source.Name;
}
