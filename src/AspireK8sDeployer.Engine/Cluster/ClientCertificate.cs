using System.Security.Cryptography.X509Certificates;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>A certificate with its key, in a form that TLS can use on every system.</summary>
internal static class ClientCertificate
{
    public static X509Certificate2 FromPem(string certificate, string key)
    {
        using var loaded = X509Certificate2.CreateFromPem(certificate, key);
        // Through PKCS #12, or Windows cannot use the key.
        return X509CertificateLoader.LoadPkcs12(loaded.Export(X509ContentType.Pkcs12), null);
    }
}
