using System.ComponentModel.DataAnnotations;
using LiveViz.Server.Sources.Mqtt;

namespace LiveViz.Server.Sources.Sparkplug;

/// <summary>Settings of a source that reads what Sparkplug B edge nodes publish.</summary>
internal sealed class SparkplugOptions : MqttBrokerOptions
{
    /// <summary>The Sparkplug group to read. Default "+", all of them.</summary>
    [RegularExpression("[+]|[^/+#]+", ErrorMessage = "must be the id of a group, or + for all")]
    public string GroupId { get; set; } = "+";

    /// <summary>The edge node to read. Default "+", all of them.</summary>
    [RegularExpression("[+]|[^/+#]+", ErrorMessage = "must be the id of an edge node, or + for all")]
    public string NodeId { get; set; } = "+";

    /// <summary>
    /// The id under which nodes can see whether this host is there, by its STATE message. Default none: then none is
    /// published, and nodes that wait for a primary host do not wait for this one.
    /// </summary>
    [RegularExpression("[^/+#]+", ErrorMessage = "must have no /, + or #")]
    public string? HostId { get; set; }

    /// <summary>
    /// The sensor's id: text with {group}, {node}, {device} and {metric}. A metric of the node itself has no device:
    /// {device} is left out there, with the character after it.
    /// </summary>
    public string Sensor { get; set; } = "{group}/{node}/{device}/{metric}";

    /// <summary>The area its sensors are shown in: text with the same. Default "{node}".</summary>
    public string Group { get; set; } = "{node}";

    /// <inheritdoc />
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext))
        {
            yield return result;
        }

        if (!Sensor.Contains("{metric}", StringComparison.OrdinalIgnoreCase))
        {
            yield return new("needs {metric}, as a node has more than one; allowed are {group}, {node}, {device} and {metric}", [nameof(Sensor)]);
        }

        foreach (var (template, name) in new[] { (Sensor, nameof(Sensor)), (Group, nameof(Group)) })
        {
            if (MetricTemplate.ProblemOf(template) is { } problem)
            {
                yield return new(problem, [name]);
            }
        }
    }
}
