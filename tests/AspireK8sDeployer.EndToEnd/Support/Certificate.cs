using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>A certificate for one host, signed by itself, as a Secret holds it.</summary>
internal sealed class Certificate
{
    private Certificate(string certificate, string key, string thumbprint) => (Pem, Key, Thumbprint) = (certificate, key, thumbprint);

    public string Thumbprint { get; }

    private string Pem { get; }

    private string Key { get; }

    public static Certificate For(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        return new Certificate(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(), certificate.Thumbprint);
    }

    public V1Secret ToSecret(string name) => new()
    {
        Metadata = new() { Name = name },
        Type = "kubernetes.io/tls",
        Data = new Dictionary<string, byte[]> { ["tls.crt"] = Encoding.ASCII.GetBytes(Pem), ["tls.key"] = Encoding.ASCII.GetBytes(Key) },
    };
}
