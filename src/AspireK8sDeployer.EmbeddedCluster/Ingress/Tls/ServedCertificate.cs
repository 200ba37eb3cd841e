using System.Net.Security;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Tls;

/// <summary>A certificate with its key and chain, and the hosts that it is shown to.</summary>
internal sealed record ServedCertificate(IReadOnlyList<string> Hosts, SslStreamCertificateContext Context);
