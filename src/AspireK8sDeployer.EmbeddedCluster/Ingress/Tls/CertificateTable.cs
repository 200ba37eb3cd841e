using System.Net.Security;
using AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Tls;

/// <summary>Finds the certificate for the name that a client asks for. Immutable, as <see cref="RouteTable"/> is.</summary>
internal sealed class CertificateTable
{
    public static readonly CertificateTable Empty = new([]);

    private readonly Dictionary<string, SslStreamCertificateContext> _hosts;

    private CertificateTable(Dictionary<string, SslStreamCertificateContext> hosts) => _hosts = hosts;

    public static CertificateTable Of(IEnumerable<ServedIngress> ingresses)
    {
        var hosts = new Dictionary<string, SslStreamCertificateContext>(StringComparer.OrdinalIgnoreCase);
        foreach (var certificate in ingresses
            .OrderBy(ingress => ingress.Created).ThenBy(ingress => ingress.Key.ToString(), StringComparer.Ordinal)
            .SelectMany(ingress => ingress.Certificates))
        {
            foreach (var host in certificate.Hosts)
            {
                hosts.TryAdd(host, certificate.Context);
            }
        }

        return new CertificateTable(hosts);
    }

    /// <summary>Null when no Ingress has a certificate for the name.</summary>
    public SslStreamCertificateContext? Find(string? serverName)
    {
        var name = serverName?.TrimEnd('.') ?? "";
        return name.Length == 0 ? null : _hosts.GetValueOrDefault(name) ?? _hosts.GetValueOrDefault(HostNames.Wildcard(name));
    }
}
