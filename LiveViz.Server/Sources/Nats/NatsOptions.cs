using System.ComponentModel.DataAnnotations;
using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Server.Sources.Nats;

/// <summary>Settings of a source that reads subjects of NATS, or a stream of its JetStream.</summary>
internal sealed class NatsOptions : BrokerOptions
{
    private const int MostTokens = 16;

    /// <summary>The server, several with commas between. No default: there is nothing to guess.</summary>
    [Required(ErrorMessage = "must be an address such as nats://localhost:4222")]
    [RegularExpression("[^@]*", ErrorMessage = "must not hold a name or password; there are User, Password and Token for them")]
    public string Url { get; set; } = "";

    /// <summary>
    /// The subjects, with the wildcards * and &gt;. With a <see cref="Stream"/> at most one, which picks messages of it.
    /// </summary>
    public IReadOnlyList<string> Subjects { get; set; } = [];

    /// <summary>The stream of JetStream to read. Default none: the subjects are read as they come, and nothing is kept for later.</summary>
    public string? Stream { get; set; }

    /// <summary>
    /// The durable consumer of the stream, under which the server keeps what was acknowledged. Default "liveviz-" and the
    /// source's name.
    /// </summary>
    public string? Consumer { get; set; }

    /// <summary>
    /// Where a new consumer begins: Beginning, Now, the number of a message in the stream, or a time. Default Beginning.
    /// </summary>
    public string? Start { get; set; }

    /// <summary>Default "{subject}": it says what a message is about.</summary>
    public override string Sensor { get; set; } = "{subject}";

    /// <summary>A token to sign in with. Default none.</summary>
    public string? Token { get; set; }

    /// <summary>The credentials file that a decentralised server gave out. Default none.</summary>
    public string? CredsFile { get; set; }

    /// <inheritdoc />
    internal override IReadOnlyList<string> Names { get; } = ["subject", .. Enumerable.Range(1, MostTokens).Select(i => $"{i}")];

    /// <summary>The name of the consumer, whatever the source is called.</summary>
    internal string ConsumerName => !string.IsNullOrEmpty(Consumer) ? Consumer
        : string.Concat($"liveviz-{Name}".Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));

    /// <inheritdoc />
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext))
        {
            yield return result;
        }

        if (Subjects.Any(subject => subject.Length == 0 || subject.Any(char.IsWhiteSpace)))
        {
            yield return new("must list subjects such as plant.*.temperature, without spaces", [nameof(Subjects)]);
        }

        if (string.IsNullOrEmpty(Stream))
        {
            if (Subjects.Count == 0)
            {
                yield return new("must list at least one subject, unless Stream names a stream", [nameof(Subjects)]);
            }

            foreach (var (given, option) in new[] { (Consumer, nameof(Consumer)), (Start, nameof(Start)) })
            {
                if (!string.IsNullOrEmpty(given))
                {
                    yield return new("is of no use without Stream", [option]);
                }
            }
        }
        else if (Subjects.Count > 1)
        {
            yield return new("must list no more than one subject of a Stream; wildcards are allowed", [nameof(Subjects)]);
        }

        if (StartProblem() is { } problem)
        {
            yield return new(problem, [nameof(Start)]);
        }

        if (CredsFile is not null && !File.Exists(CredsFile))
        {
            yield return new("is no file here", [nameof(CredsFile)]);
        }
    }

    private string? StartProblem()
    {
        try
        {
            _ = NatsStart.Parse(Start);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
