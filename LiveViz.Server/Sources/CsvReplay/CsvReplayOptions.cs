using System.ComponentModel.DataAnnotations;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.CsvReplay;

/// <summary>Settings of a recording that is played again.</summary>
internal sealed class CsvReplayOptions : SourceOptions
{
    /// <summary>What <see cref="Ignore"/> leaves out where it is not set: the label columns of well-known data sets.</summary>
    public static readonly IReadOnlyList<string> DefaultIgnore = ["anomaly", "changepoint", "label", "is_anomaly"];

    /// <summary>The file, absolute or relative to the current directory. No default: there is nothing to guess.</summary>
    [Required(ErrorMessage = "must name a CSV file, absolute or relative to the current directory")]
    public string Path { get; set; } = "";

    /// <summary>
    /// How many times as fast as recorded, 0 to 100000; 0 is as fast as it can be read.
    /// Default 1: a replay looks like the plant did.
    /// </summary>
    [Range(0.0, 100000.0, ErrorMessage = "must be a number from 0 (as fast as possible) to 100000; 1 is as recorded")]
    public double Speed { get; set; } = 1;

    /// <summary>
    /// Whether to begin again at the end, with timestamps that go on. Default false: a recording has an end,
    /// and samples that were never measured should be asked for.
    /// </summary>
    public bool Loop { get; set; }

    /// <summary>
    /// The header of the column that holds the time, upper or lower case. Default: recognised by name, else the
    /// first column, as nearly all recordings have it.
    /// </summary>
    public string? TimestampColumn { get; set; }

    /// <summary>
    /// Put before each sensor's id. Default none: ids are then the names in the file; set it where two sources
    /// would have a sensor of the same name.
    /// </summary>
    [StringLength(200, ErrorMessage = "must have no more than 200 characters, so that there is room for the sensor's id")]
    public string Prefix { get; set; } = "";

    /// <summary>
    /// The group its sensors are shown in. Default: the source's name, so that a recording's sensors stand together.
    /// </summary>
    public string? Group { get; set; }

    /// <summary>
    /// Headers of columns of a wide file that are no sensors, upper or lower case. Default
    /// <see cref="DefaultIgnore"/>: labels say what was found out about the data afterwards, nobody measured
    /// them. A list given here takes the default's place; one empty name leaves nothing out.
    /// </summary>
    public IReadOnlyList<string>? Ignore { get; set; }

    /// <summary>The file's name without its extension: what distinguishes one recording from another.</summary>
    public override string DefaultName => System.IO.Path.GetFileNameWithoutExtension(Path) is { Length: > 0 } file ? file : Type;
}
