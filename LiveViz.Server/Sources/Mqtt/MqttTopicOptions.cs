using System.ComponentModel.DataAnnotations;
using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Server.Sources.Mqtt;

/// <summary>A topic to subscribe to, and how its messages become samples.</summary>
internal sealed class MqttTopicOptions : IValidatableObject
{
    /// <summary>The topic; + stands for one level, # at the end for all further ones. No default: there is nothing to guess.</summary>
    [Required(ErrorMessage = "must be a topic, such as plant/+/temperature or plant/#")]
    public string Topic { get; set; } = "";

    /// <summary>
    /// The sensor's id: text with {topic}, {1} for the topic's first level and so on, {field} for the path of the value
    /// and {$.path} for a text in the message. Default "{topic}", and "{topic}/{field}" where a message may have several values.
    /// </summary>
    public string? Sensor { get; set; }

    /// <summary>
    /// The area its sensors are shown in: text with {topic}, {1} and so on. Default: the source's name, so that its
    /// sensors stand together.
    /// </summary>
    public string? Group { get; set; }

    /// <summary>The unit of its values, such as "°C". Default none.</summary>
    public string Unit { get; set; } = "";

    /// <summary>
    /// 1, or 0 for messages that are sent once and not again when they are lost. Default 1: what is not stored is sent again.
    /// </summary>
    [Range(0, 1, ErrorMessage = "must be 0 or 1; more than 1 brings nothing, as a message is acknowledged when it is stored")]
    public int Qos { get; set; } = 1;

    /// <inheritdoc cref="PayloadOptions.Payload" />
    public PayloadForm Payload { get; set; } = PayloadForm.Json;

    /// <inheritdoc cref="PayloadOptions.Values" />
    public IReadOnlyList<string> Values { get; set; } = ["value"];

    /// <inheritdoc cref="PayloadOptions.TimePath" />
    public string? TimePath { get; set; }

    /// <inheritdoc cref="PayloadOptions.TimeUnit" />
    public TimeUnit TimeUnit { get; set; } = TimeUnit.Auto;

    /// <inheritdoc cref="PayloadOptions.QualityPath" />
    public string QualityPath { get; set; } = "quality";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ProblemOfTopic() is { } problem)
        {
            yield return new(problem, [nameof(Topic)]);
            yield break;
        }

        foreach (var result in new TopicPayload(this).Validate(validationContext))
        {
            yield return result;
        }

        if (!string.IsNullOrEmpty(Group) && ProblemOfGroup() is { } wrong)
        {
            yield return new(wrong, [nameof(Group)]);
        }
    }

    private string? ProblemOfTopic()
    {
        var levels = Topic.Split('/');
        return Topic.Contains('\0', StringComparison.Ordinal) || Topic.Length > 10_000 ? "is too long, or has a character that no topic may have"
            : levels[0] == "$share" ? "is a shared subscription, which splits the messages among servers; write the topic without it"
            : levels.Any(level => level.Length > 1 && level.AsSpan().IndexOfAny('+', '#') >= 0) ? "has a + or # beside other characters; each must be a level of its own, as in plant/+/temperature or plant/#"
            : levels.AsSpan(..^1).Contains("#") ? "has a # that is not its last level; write + for one level, as in plant/+/temperature"
            : null;
    }

    private string? ProblemOfGroup()
    {
        try
        {
            SensorTemplate.Parse(Group!, TopicPayload.NamesOf(Topic), isJson: false);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
