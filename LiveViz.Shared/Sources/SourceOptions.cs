using System.ComponentModel.DataAnnotations;

namespace LiveViz.Sources;

/// <summary>
/// What every entry of <c>LiveViz:Sources</c> has; a source's own options derive from it. Keys that are not
/// properties are refused, and so are values that break a property's validation attributes.
/// </summary>
public class SourceOptions
{
    /// <summary>What operators call the source; unique. Without one it is called <see cref="DefaultName"/>.</summary>
    [StringLength(100)]
    public string Name { get; set; } = "";

    /// <summary>Which kind of source it is, such as "Simulated" or "CsvReplay".</summary>
    [Required]
    public string Type { get; set; } = "";

    /// <summary>What it is called where the configuration gives no name.</summary>
    public virtual string DefaultName => Type;
}
