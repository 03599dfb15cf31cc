using System.ComponentModel.DataAnnotations;
using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Server.Sources.Kafka;

/// <summary>Settings of a source that reads topics of Kafka.</summary>
internal sealed class KafkaOptions : BrokerOptions
{
    /// <summary>The brokers to begin with, as "host:port" with commas between. No default: there is nothing to guess.</summary>
    [Required(ErrorMessage = "must name a broker, such as localhost:9092; several with commas between")]
    public string Servers { get; set; } = "";

    /// <summary>The topics by name; one that begins with ^ is a regular expression, and topics made later are found too.</summary>
    [MinLength(1, ErrorMessage = "must list at least one topic")]
    public IReadOnlyList<string> Topics { get; set; } = [];

    /// <summary>
    /// The consumer group, under which the broker keeps how far was read. Default "liveviz-" and the source's name.
    /// Servers that share a group share the records among them: each that is to have all needs its own.
    /// </summary>
    public string? Group { get; set; }

    /// <summary>
    /// Where a new group begins. Default Beginning: of what the broker still has, nothing is left out.
    /// </summary>
    public KafkaStart Start { get; set; } = KafkaStart.Beginning;

    /// <summary>Default "{key}": a record's key is what most devices put their name in.</summary>
    public override string Sensor { get; set; } = "{key}";

    /// <summary>How to sign in. Default None.</summary>
    public KafkaSasl Sasl { get; set; } = KafkaSasl.None;

    /// <summary>Further settings of librdkafka by their own names; those that others here stand for are refused.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; set; } = new Dictionary<string, string>();

    /// <inheritdoc />
    internal override IReadOnlyList<string> Names { get; } = ["key", "topic", "partition"];

    /// <inheritdoc />
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext))
        {
            yield return result;
        }

        if (Sasl != KafkaSasl.None && (string.IsNullOrEmpty(User) || string.IsNullOrEmpty(Password)))
        {
            yield return new("needs User and Password", [nameof(Sasl)]);
        }
        else if (Sasl == KafkaSasl.None && !(string.IsNullOrEmpty(User) && string.IsNullOrEmpty(Password)))
        {
            yield return new("is of no use without Sasl: Plain, ScramSha256 or ScramSha512", [string.IsNullOrEmpty(User) ? nameof(Sasl) : nameof(User)]);
        }

        if (KafkaConfiguration.ProblemOf(this) is var (problem, key))
        {
            yield return new(problem, [key]);
        }
    }
}
