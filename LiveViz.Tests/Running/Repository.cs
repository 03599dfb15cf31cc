namespace LiveViz.Tests.Running;

/// <summary>Where things lie in the working copy that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder of LiveViz.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The server as built along with these tests.</summary>
    public static string Server => Built("LiveViz.Server");

    /// <summary>The sample of an app that embeds a chart, as built with the solution.</summary>
    public static string EmbeddedChart => Built(Path.Combine("samples", "EmbeddedChart"));

    /// <summary>The sample of a plug-in, as built with the solution.</summary>
    public static string OwnSource => Built(Path.Combine("samples", "OwnSource"));

    private static string Built(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Root, project, "bin", output.Parent!.Name, output.Name, $"{Path.GetFileName(project)}.dll");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LiveViz.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run within a working copy of LiveViz.");
        }

        return folder.FullName;
    }
}
