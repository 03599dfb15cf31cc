using System.ComponentModel.DataAnnotations;

namespace LiveViz.Server.Processing;

/// <summary>Which samples are worth keeping.</summary>
internal sealed class DeadbandOptions
{
    /// <summary>A value is kept that differs by more than this from the one kept last; 0 keeps every change.</summary>
    [Required(ErrorMessage = "is missing; write by how much a value must change to be kept, in the sensor's unit")]
    [Range(0, 1e300, ErrorMessage = "must be a number from 0 to 1E+300")]
    public double? Amount { get; set; }

    /// <summary>After how long a sample is kept whatever its value; null for never.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "365.00:00:00", ErrorMessage = "must be from 00:00:00.001 to 365.00:00:00")]
    public TimeSpan? MaximumInterval { get; set; }
}
