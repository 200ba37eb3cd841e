using System.Net;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress;

/// <summary>Where the controller is reached.</summary>
internal sealed record IngressAddress(IPAddress Address, int HttpPort, int HttpsPort)
{
    /// <summary>Whether the ports are the ones that browsers take for granted.</summary>
    public bool IsUsual => HttpPort == 80 && HttpsPort == 443;

    public Uri Http => new($"http://{Address}:{HttpPort}/");

    public Uri Https => new($"https://{Address}:{HttpsPort}/");

    /// <summary>What an Ingress says in its status. The ports are only given when nobody would guess them.</summary>
    public V1IngressLoadBalancerIngress ToStatus() => new()
    {
        Ip = Address.ToString(),
        Ports = IsUsual
            ? null
            : [new V1IngressPortStatus { Port = HttpPort, Protocol = "TCP" }, new V1IngressPortStatus { Port = HttpsPort, Protocol = "TCP" }],
    };
}
