using System.Reflection;
using System.Runtime.Loader;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.Plugins;

/// <summary>
/// Where a plug-in and what it brings along are loaded, apart from the server and from other plug-ins. What they have in
/// common with the server is the server's: LiveViz.Shared, and all that comes with .NET and ASP.NET Core.
/// </summary>
internal sealed class PluginContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private static readonly string Contract = typeof(ISensorSource).Assembly.GetName().Name!;

    private static readonly HashSet<string> Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !file.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file)),
    ];

    private readonly AssemblyDependencyResolver _resolver = new(path);

    /// <summary>Loads the plug-in itself.</summary>
    public Assembly LoadPlugin() => LoadFromAssemblyPath(path);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var isShared = assemblyName.Name is { } name && (name == Contract || Framework.Contains(name));
        return !isShared && _resolver.ResolveAssemblyToPath(assemblyName) is { } file ? LoadFromAssemblyPath(file) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } file ? LoadUnmanagedDllFromPath(file) : nint.Zero;
}
