using System.ComponentModel.DataAnnotations;

namespace LiveViz.Server.Processing;

/// <summary>An interval of values, closed at both ends.</summary>
internal sealed class BandOptions : IValidatableObject
{
    /// <summary>The lower end.</summary>
    [Required(ErrorMessage = "is missing")]
    [Range(-1e300, 1e300, ErrorMessage = "must be a number from -1E+300 to 1E+300")]
    public double? Low { get; set; }

    /// <summary>The upper end.</summary>
    [Required(ErrorMessage = "is missing")]
    [Range(-1e300, 1e300, ErrorMessage = "must be a number from -1E+300 to 1E+300")]
    public double? High { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Low > High ? [new ValidationResult("must not be above High", [nameof(Low)])] : [];

    /// <summary>The same as it is told of a sensor.</summary>
    public ValueRange ToRange() => new(Low!.Value, High!.Value);
}
