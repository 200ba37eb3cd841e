using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Tls;

/// <summary>The certificate for names that no Ingress has one for: signed by itself, made anew at each start, trusted by nobody.</summary>
internal static class OwnCertificate
{
    public static SslStreamCertificateContext Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=aspire-k8s embedded ingress, O=not to be trusted", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("ingress.local");
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        var certificate = X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), null);
        return SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
    }
}
