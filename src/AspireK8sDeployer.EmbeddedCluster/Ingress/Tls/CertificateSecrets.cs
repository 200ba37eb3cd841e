using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Tls;

/// <summary>Reads certificates from Secrets of the type <c>kubernetes.io/tls</c>.</summary>
internal sealed class CertificateSecrets(IClusterApi api)
{
    private readonly Dictionary<ObjectKey, (string Version, SslStreamCertificateContext Context)> _read = [];

    /// <summary>The certificate of a Secret; null, and a problem, when there is none that can be served.</summary>
    public SslStreamCertificateContext? Find(ObjectKey key, ICollection<string> problems)
    {
        if (api.Get<V1Secret>(key.Namespace, key.Name) is not { } secret)
        {
            _read.Remove(key);
            problems.Add($"secret {key} with the certificate does not exist; the cluster's own certificate is used");
            return null;
        }

        var version = $"{secret.Metadata.Uid}/{secret.Metadata.ResourceVersion}";
        if (_read.TryGetValue(key, out var known) && known.Version == version)
        {
            return known.Context;
        }

        try
        {
            var context = Read(Text(secret, "tls.crt"), Text(secret, "tls.key"));
            _read[key] = (version, context);
            return context;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            _read.Remove(key);
            problems.Add($"secret {key} has no certificate with its key in tls.crt and tls.key; the cluster's own certificate is used: {e.Message}");
            return null;
        }
    }

    /// <summary>The DNS names of a certificate.</summary>
    public static IReadOnlyList<string> NamesOf(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames()).ToArray() is { Length: > 0 } names
            ? names
            : [certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)];

    private static SslStreamCertificateContext Read(string certificates, string key)
    {
        using var pem = X509Certificate2.CreateFromPem(certificates, key);

        // Through PKCS #12, or TLS on some systems cannot use the key.
        var leaf = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificates);
        return SslStreamCertificateContext.Create(leaf, chain, offline: true);
    }

    private static string Text(V1Secret secret, string key) => secret.Data?.TryGetValue(key, out var value) == true ? Encoding.UTF8.GetString(value) : "";
}
