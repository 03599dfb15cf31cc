using System.ComponentModel.DataAnnotations;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.Payloads;

/// <summary>What the options of every source of messages have: how a message becomes samples.</summary>
internal abstract class PayloadOptions : SourceOptions, IValidatableObject
{
    /// <summary>What a message holds. Default Json.</summary>
    public PayloadForm Payload { get; set; } = PayloadForm.Json;

    /// <summary>
    /// Where a JSON object has its values: paths such as "value" or "data.temperature"; "*" is every number there.
    /// Each is a sample of its own. Default "value".
    /// </summary>
    public IReadOnlyList<string> Values { get; set; } = ["value"];

    /// <summary>
    /// Where a JSON object has its time. Default "timestamp", and where it has none, the message's own time;
    /// an object without the time that is named here is refused.
    /// </summary>
    public string? TimePath { get; set; }

    /// <summary>What a time that is a number counts. Default: recognised by its size.</summary>
    public TimeUnit TimeUnit { get; set; } = TimeUnit.Auto;

    /// <summary>Where a JSON object has its quality; one without is Good. Default "quality".</summary>
    public string QualityPath { get; set; } = "quality";

    /// <summary>
    /// The sensor's id: text with the names of what the message carries in braces, {field} for the path of the
    /// value, and {$.path} for a text or a number in the JSON object.
    /// </summary>
    [Required(AllowEmptyStrings = true)]
    public abstract string Sensor { get; set; }

    /// <summary>What can stand in braces in <see cref="Sensor"/>, in the order in which the source gives it.</summary>
    internal abstract IReadOnlyList<string> Names { get; }

    /// <inheritdoc />
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Payload == PayloadForm.Json && (Values.Count == 0 || Values.Any(string.IsNullOrWhiteSpace)))
        {
            yield return new("must list at least one path, such as value, and no empty one", [nameof(Values)]);
        }

        string? problem = null;
        try
        {
            var template = SensorTemplate.Parse(Sensor, Names, Payload == PayloadForm.Json);
            if (Payload == PayloadForm.Json && !template.HasField && (Values.Count > 1 || Values.Any(PayloadReader.IsEvery)))
            {
                problem = "needs {field}, as Values may give more than one sample of a message";
            }
        }
        catch (FormatException e)
        {
            problem = e.Message;
        }

        if (problem is not null)
        {
            yield return new(problem, [nameof(Sensor)]);
        }
    }
}
