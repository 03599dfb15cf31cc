using System.ComponentModel.DataAnnotations;

namespace LiveViz.Server.Processing;

/// <summary>Where values end.</summary>
internal sealed class ClampOptions : IValidatableObject
{
    /// <summary>The least value; null where there is none.</summary>
    [Range(-1e300, 1e300, ErrorMessage = "must be a number from -1E+300 to 1E+300")]
    public double? Low { get; set; }

    /// <summary>The greatest value; null where there is none.</summary>
    [Range(-1e300, 1e300, ErrorMessage = "must be a number from -1E+300 to 1E+300")]
    public double? High { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Low is null && High is null ? [new ValidationResult("is missing; give Low, High or both", [nameof(Low)])]
        : Low > High ? [new ValidationResult("must not be above High", [nameof(Low)])]
        : [];
}
