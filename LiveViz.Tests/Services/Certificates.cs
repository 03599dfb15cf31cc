using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LiveViz.Tests.Services;

/// <summary>An authority of the tests' own, with a certificate of a server on localhost and one of a client, as PEM files.</summary>
internal sealed class Certificates
{
    private readonly DirectoryInfo _folder;

    /// <summary>Writes them into a folder.</summary>
    public Certificates(DirectoryInfo folder)
    {
        _folder = folder;
        using var caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Plant CA", caKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var ca = request.CreateSelfSigned(from, to);
        File.WriteAllText(CaFile, ca.ExportCertificatePem());
        foreach (var (file, keyFile, subject) in new[] { (ServerFile, ServerKeyFile, "localhost"), (ClientFile, ClientKeyFile, "LiveViz") })
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var leaf = new CertificateRequest($"CN={subject}", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(subject);
            leaf.CertificateExtensions.Add(names.Build());
            using var certificate = leaf.Create(ca, from, to, Guid.NewGuid().ToByteArray());
            File.WriteAllText(file, certificate.ExportCertificatePem());
            File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        }
    }

    public string CaFile => FileOf("ca.pem");

    public string ServerFile => FileOf("server.pem");

    public string ServerKeyFile => FileOf("server.key");

    public string ClientFile => FileOf("client.pem");

    public string ClientKeyFile => FileOf("client.key");

    private string FileOf(string name) => Path.Combine(_folder.FullName, name);
}
