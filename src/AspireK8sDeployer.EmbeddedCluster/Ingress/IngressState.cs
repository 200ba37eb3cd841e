using AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;
using AspireK8sDeployer.EmbeddedCluster.Ingress.Tls;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress;

/// <summary>What requests are served by: the controllers replace it, requests take what is there when they begin.</summary>
internal sealed class IngressState(TimeProvider time)
{
    private volatile RouteTable _routes = RouteTable.Empty;
    private volatile CertificateTable _certificates = CertificateTable.Empty;

    public RouteTable Routes => _routes;

    public CertificateTable Certificates => _certificates;

    public Backends Backends { get; } = new(time);

    public void Replace(IReadOnlyCollection<ServedIngress> ingresses)
    {
        _certificates = CertificateTable.Of(ingresses);
        _routes = RouteTable.Of(ingresses);
    }
}
