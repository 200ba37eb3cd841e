using k8s.Models;

namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>The addresses at which a Service may answer, the best first. Pure.</summary>
internal static class EndpointCandidates
{
    public const string InCluster = "cluster";
    public const string Balancer = "load balancer";

    public static IReadOnlyList<EndpointCandidate> Of(V1Service service, IReadOnlyList<string> nodes)
    {
        List<EndpointCandidate> candidates = [];
        if (service.Spec.Ports is not [var port, ..])
        {
            return candidates;
        }

        if (service.Spec.Type == "LoadBalancer")
        {
            candidates.AddRange((service.Status?.LoadBalancer?.Ingress ?? [])
                .Select(ingress => ingress.Hostname ?? ingress.Ip)
                .OfType<string>()
                .Select(host => new EndpointCandidate(Url(host, port.Port), Balancer)));
        }

        if (port.NodePort is { } nodePort)
        {
            candidates.AddRange(nodes.Select(node => new EndpointCandidate(Url(node, nodePort), "node port")));
        }

        if (Own(service) is { } own)
        {
            candidates.Add(new EndpointCandidate(own, InCluster));
        }

        return candidates;
    }

    /// <summary>The Service's own address; null when it is to have none.</summary>
    public static Uri? Own(V1Service service) => service.Spec is { ClusterIP: { Length: > 0 } address and not "None", Ports: [var port, ..] } ? Url(address, port.Port) : null;

    /// <summary>The name by which the pipeline is known inside the cluster.</summary>
    public static Uri Internal(V1Service service) =>
        Url($"{service.Metadata.Name}.{service.Metadata.NamespaceProperty}.svc", service.Spec.Ports[0].Port);

    public static bool HasAddress(V1Service service) =>
        service.Spec.Type != "LoadBalancer" || service.Status?.LoadBalancer?.Ingress?.Any(ingress => ingress.Ip is not null || ingress.Hostname is not null) == true;

    private static Uri Url(string host, int port) => new UriBuilder("http", host, port).Uri;
}
