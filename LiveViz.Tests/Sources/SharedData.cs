using LiveViz.Tests.Running;

namespace LiveViz.Tests.Sources;

/// <summary>Public recordings that stand beside the repository, where a machine has them; they are not part of it.</summary>
internal static class SharedData
{
    /// <summary>The full path of a recording, such as "skab/valve1-0.csv"; null where it is absent.</summary>
    public static string? Find(string name)
    {
        var file = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", name));
        return File.Exists(file) ? file : null;
    }
}
