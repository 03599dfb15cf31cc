namespace LiveViz.Tests.Sources;

/// <summary>A test that needs a recording of <see cref="SharedData"/>; skipped, and saying so, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string name)
    {
        Name = name;
        if (SharedData.Find(name) is null)
        {
            Skip = $"The recording {name} is not in ../shared/data beside the repository.";
        }
    }

    public string Name { get; }
}
