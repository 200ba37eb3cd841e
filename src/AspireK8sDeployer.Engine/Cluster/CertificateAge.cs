using System.Security.Cryptography.X509Certificates;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Says of a client certificate whether its time is over, or has not come.</summary>
internal static class CertificateAge
{
    public static string? Describe(X509Certificate2 certificate, TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (begin, end) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        if (now > end)
        {
            return $"the client certificate expired on {end:yyyy-MM-dd HH:mm} UTC";
        }

        return now < begin ? $"the client certificate is not valid before {begin:yyyy-MM-dd HH:mm} UTC" : null;
    }
}
