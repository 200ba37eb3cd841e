using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>How the server's certificate is verified.</summary>
/// <remarks>
/// Not by KubernetesClient, which with an authority of one's own takes a certificate of any name.
/// </remarks>
internal static class ServerTrust
{
    public static void Apply(ClusterAccess access, SslClientAuthenticationOptions options)
    {
        if (access.SkipsVerification)
        {
#pragma warning disable CA5359 // The kubeconfig asks for it, and the user is warned.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (access.Authorities is { } authorities)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
            options.RemoteCertificateValidationCallback = (_, _, chain, errors) => errors == SslPolicyErrors.None || (errors == SslPolicyErrors.RemoteCertificateChainErrors && EndsInTrusted(chain, authorities));
        }
    }

    // An authority need not be a root: it is trusted because it is named, not because of who signed it.
    private static bool EndsInTrusted(X509Chain? chain, X509Certificate2Collection authorities) =>
        chain?.ChainStatus.All(status => status.Status == X509ChainStatusFlags.PartialChain) == true
        && chain.ChainElements.Count > 1
        && authorities.Any(authority => authority.RawDataMemory.Span.SequenceEqual(chain.ChainElements[^1].Certificate.RawDataMemory.Span));
}
