using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace LiveViz.Server.Security;

/// <summary>The section <c>LiveViz:Security</c> of the configuration: who may come in.</summary>
public sealed partial class SecurityOptions : IValidatableObject
{
    /// <summary>
    /// Whether the server may listen where others can reach it although nobody has to sign in. False by default:
    /// it then listens for its own computer only, or does not start.
    /// </summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>
    /// Web pages of other origins whose scripts may use this server, such as <c>https://app.example</c>. None by
    /// default: only the server's own pages may, and programs, which are no web page.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < AllowedOrigins.Count; i++)
        {
            if (!Origin().IsMatch(AllowedOrigins[i]) || !Uri.TryCreate(AllowedOrigins[i], UriKind.Absolute, out _))
            {
                yield return new ValidationResult(
                    "must be an origin such as https://app.example or http://localhost:3000, without a path",
                    [$"{nameof(AllowedOrigins)}:{i}"]);
            }
        }
    }

    [GeneratedRegex(@"^https?://[^/?#@*\s]+\z", RegexOptions.IgnoreCase)]
    private static partial Regex Origin();
}
