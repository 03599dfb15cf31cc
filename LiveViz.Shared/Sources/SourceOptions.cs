using System.ComponentModel.DataAnnotations;

namespace LiveViz.Sources;

/// <summary>
/// What every entry of <c>LiveViz:Sources</c> has; a source's own options derive from it. Keys that are not
/// properties are refused, and so are values that break a property's validation attributes.
/// </summary>
public class SourceOptions
{
    /// <summary>What operators call the source; unique. Without one it is named after its type.</summary>
    [StringLength(100)]
    public string Name { get; set; } = "";

    /// <summary>Which kind of source it is, such as "Simulated" or "CsvReplay".</summary>
    [Required]
    public string Type { get; set; } = "";
}
