namespace LiveViz.Sources;

/// <summary>
/// What the configuration calls a kind of source that comes as a plug-in: <c>"Type": "Weather"</c>. Without it, the name
/// of the class is taken, less "Source" at its end.
/// </summary>
/// <param name="type">The name; no other kind of source may have it.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SourceTypeAttribute(string type) : Attribute
{
    /// <summary>The name.</summary>
    public string Type { get; } = type;
}
