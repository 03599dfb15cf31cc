using System.ComponentModel.DataAnnotations;
using LiveViz.Sources;

namespace OwnSource;

/// <summary>The entry of a <see cref="FreeSpaceSource"/> in the configuration.</summary>
public sealed class FreeSpaceOptions : SourceOptions
{
    /// <summary>A folder on the disk to be watched.</summary>
    [Required(ErrorMessage = "is missing; write a folder on the disk to be watched")]
    public string Path { get; set; } = "";

    /// <summary>How far apart the samples are.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ErrorMessage = "must be from 00:00:00.1 to 01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override string DefaultName => $"Disk of {Path}";
}
