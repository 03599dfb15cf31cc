using System.ComponentModel.DataAnnotations;
using LiveViz.Server.Sources.LineProtocol;
using LiveViz.Server.Sources.Push;

namespace LiveViz.Server.Sources.Http;

/// <summary>Settings of what is sent in over HTTP.</summary>
internal sealed class HttpOptions : PushOptions, IValidatableObject
{
    /// <summary>
    /// How the id of a sensor is made of a line of line protocol, with {measurement}, {field}, {tags} and {tag:NAME}.
    /// Default: what tells any two series apart.
    /// </summary>
    public string Sensor { get; set; } = LineTemplate.Default;

    /// <summary>
    /// The longest body, in MiB, after it was unpacked. 32 by default: some hundred thousand samples, and no more than
    /// that is stored before the caller hears of it.
    /// </summary>
    [Range(1, 1024, ErrorMessage = "must be from 1 to 1024 (MiB)")]
    public int BodyMegabytes { get; set; } = 32;

    /// <inheritdoc/>
    public override string DefaultName => "HTTP";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        LineTemplate.TryParse(Sensor, out _) is { } problem ? [new ValidationResult(problem, [nameof(Sensor)])] : [];
}
