using System.ComponentModel.DataAnnotations;

namespace LiveViz.Server.Sources.Payloads;

/// <summary>What the options of every source have that is a client of a broker: how it signs in, and encryption.</summary>
internal abstract class BrokerOptions : PayloadOptions
{
    /// <summary>The name to sign in with. Default none.</summary>
    public string? User { get; set; }

    /// <summary>The password to sign in with.</summary>
    public string? Password { get; set; }

    /// <summary>Whether the connection is encrypted. Default false, as most brokers are without at first.</summary>
    public bool Tls { get; set; }

    /// <summary>The certificates to trust the broker by, PEM. Default: those of the system.</summary>
    public string? CaFile { get; set; }

    /// <summary>The certificate to show the broker, PEM. Default none.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The private key of <see cref="CertificateFile"/>, PEM.</summary>
    public string? KeyFile { get; set; }

    /// <inheritdoc />
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext))
        {
            yield return result;
        }

        foreach (var (file, option) in new[] { (CaFile, nameof(CaFile)), (CertificateFile, nameof(CertificateFile)), (KeyFile, nameof(KeyFile)) })
        {
            if (file is not null && !Tls)
            {
                yield return new("is of no use without Tls: true", [option]);
            }
            else if (file is not null && !File.Exists(file))
            {
                yield return new("is no file here", [option]);
            }
        }
    }
}
