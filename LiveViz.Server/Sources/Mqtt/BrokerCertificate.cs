using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;

namespace LiveViz.Server.Sources.Mqtt;

/// <summary>Whether a broker's certificate is trusted, and if not, why not.</summary>
internal sealed class BrokerCertificate
{
    private readonly MqttBrokerOptions _broker;

    /// <summary>Reads the files, so that one that was replaced is found at the next connection.</summary>
    /// <exception cref="IOException">One of them cannot be read; says which.</exception>
    public BrokerCertificate(MqttBrokerOptions broker)
    {
        _broker = broker;
        Options = new MqttClientTlsOptions
        {
            UseTls = true,
            // A private authority, as most plants have, seldom says where its revocations are.
            RevocationMode = X509RevocationMode.NoCheck,
            CertificateValidationHandler = IsTrusted,
            TrustChain = Read(broker.CaFile, nameof(broker.CaFile), file =>
            {
                var authorities = new X509Certificate2Collection();
                authorities.ImportFromPemFile(file);
                return authorities.Count > 0 ? authorities : throw new CryptographicException("it has no certificate.");
            }),
            ClientCertificatesProvider = Read(broker.CertificateFile, nameof(broker.CertificateFile), file =>
            {
                using var pem = X509Certificate2.CreateFromPemFile(file, broker.KeyFile);
                // Windows does not take a key that was only read, and not imported.
                return new DefaultMqttCertificatesProvider([X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null)]);
            }),
        };
    }

    /// <summary>What MQTTnet needs to know.</summary>
    public MqttClientTlsOptions Options { get; }

    /// <summary>Why the certificate was not trusted; null where it was, or none came.</summary>
    public string? Problem { get; private set; }

    private static T? Read<T>(string? file, string key, Func<string, T> read)
        where T : class
    {
        try
        {
            return string.IsNullOrEmpty(file) ? null : read(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The file in {key} cannot be read as PEM: {e.Message}", e);
        }
    }

    private bool IsTrusted(MqttClientCertificateValidationEventArgs shown)
    {
        if (shown.SslPolicyErrors == SslPolicyErrors.None || _broker.AllowUntrusted)
        {
            return true;
        }

        var subject = shown.Certificate is null ? "" : $" of {shown.Certificate.Subject}";
        var why = shown.SslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "it shows none"
            : shown.SslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
                ? $"it is not for \"{_broker.Address.Host}\". Write the name in the certificate into Server"
            : string.Join(", ", shown.Chain.ChainStatus.Select(status => status.StatusInformation.Trim().TrimEnd('.')).Distinct())
                + ". Name its authority's certificate in CaFile";
        Problem = $"The certificate of the broker {_broker.ShownAddress}{subject} is not trusted: {why}";
        return false;
    }
}
