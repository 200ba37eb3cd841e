using System.Net;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Network;

/// <summary>Reads where a Service's port leads from the Service's EndpointSlices. Pure.</summary>
internal static class SliceEndpoints
{
    public static IEnumerable<Endpoint> Of(IEnumerable<V1EndpointSlice> slices, V1ServicePort port) =>
        from slice in slices
        let number = slice.Ports?.FirstOrDefault(candidate => (candidate.Name ?? "") == (port.Name ?? ""))?.Port
        where number is not null
        from endpoint in slice.Endpoints ?? []
        from address in endpoint.Addresses
        select new Endpoint(
            new IPEndPoint(IPAddress.Parse(address), number.Value),
            endpoint.Conditions?.Ready ?? true,
            endpoint.Conditions?.Serving ?? endpoint.Conditions?.Ready ?? true,
            endpoint.Conditions?.Terminating ?? false);
}
