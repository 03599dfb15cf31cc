using System.ComponentModel.DataAnnotations;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.Mqtt;

/// <summary>Where a broker is, and how to sign in there.</summary>
internal abstract class MqttBrokerOptions : SourceOptions, IValidatableObject
{
    /// <summary>The broker: mqtt://host:1883, or mqtts://host:8883 over TLS. No default: there is nothing to guess.</summary>
    [Required(ErrorMessage = "must name a broker, such as mqtt://localhost:1883, or mqtts://localhost:8883 over TLS")]
    public string Server { get; set; } = "";

    /// <summary>
    /// Under which name the broker knows this source. Default "liveviz-" and the source's name, so that it is the same
    /// after a restart; two clients with the same one throw each other out.
    /// </summary>
    [StringLength(200, ErrorMessage = "must have no more than 200 characters")]
    public string? ClientId { get; set; }

    /// <summary>The name to sign in with. Default none.</summary>
    public string? Username { get; set; }

    /// <summary>The password to sign in with. Best given as an environment variable and not in a file.</summary>
    public string? Password { get; set; }

    /// <summary>The certificates to trust the broker by, PEM. Default: those of the system.</summary>
    public string? CaFile { get; set; }

    /// <summary>Whether to trust any certificate. Default false: it lets anybody in between read and change everything.</summary>
    public bool AllowUntrusted { get; set; }

    /// <summary>The certificate to show the broker, PEM. Default none.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The private key of <see cref="CertificateFile"/>, PEM.</summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// After how long without traffic the broker is asked whether it is there; it then has half as long to answer.
    /// Default 10 s: one that has gone silent is noticed within 15 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "must be from 00:00:01 to 01:00:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The broker's address; of use once the options are found valid.</summary>
    internal Uri Address => new(Server);

    /// <summary>Whether the connection is encrypted.</summary>
    internal bool IsEncrypted => Address.Scheme == "mqtts";

    /// <summary>Where the broker listens.</summary>
    internal int Port => Address.Port > 0 ? Address.Port : IsEncrypted ? 8883 : 1883;

    /// <summary>The broker as people write it, such as "localhost:1883".</summary>
    internal string ShownAddress => $"{Address.Host}:{Port}";

    /// <summary>The <see cref="ClientId"/>, or the one made of the name.</summary>
    internal string EffectiveClientId => string.IsNullOrEmpty(ClientId)
        ? "liveviz-" + string.Concat(Name.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : '-'))
        : ClientId;

    /// <inheritdoc />
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Server, UriKind.Absolute, out var address) || address.Scheme is not ("mqtt" or "mqtts") || address.Host.Length == 0
            || address.UserInfo.Length > 0 || address.PathAndQuery.Trim('/').Length > 0)
        {
            yield return new(
                "is no address of a broker; write mqtt://host:1883, or mqtts://host:8883 over TLS, and the name and password into Username and Password",
                [nameof(Server)]);
            yield break;
        }

        foreach (var (file, name) in new[] { (CaFile, nameof(CaFile)), (CertificateFile, nameof(CertificateFile)), (KeyFile, nameof(KeyFile)) })
        {
            if (!string.IsNullOrEmpty(file) && !IsEncrypted)
            {
                yield return new("is of no use without TLS; write mqtts:// in Server", [name]);
            }
            else if (!string.IsNullOrEmpty(file) && !File.Exists(file))
            {
                yield return new("is no file here", [name]);
            }
        }

        if (string.IsNullOrEmpty(CertificateFile) != string.IsNullOrEmpty(KeyFile))
        {
            yield return new("needs the other one: a certificate in CertificateFile and its private key in KeyFile", [nameof(CertificateFile)]);
        }

        if (!string.IsNullOrEmpty(Password) && string.IsNullOrEmpty(Username))
        {
            yield return new("must be set where there is a Password", [nameof(Username)]);
        }
    }
}
