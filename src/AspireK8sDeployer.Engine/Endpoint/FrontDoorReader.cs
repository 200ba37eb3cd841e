using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>Reads what is in front of a Service.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="ingress">The Ingress as it was a moment ago, which the first reading takes; null when it is to be read.</param>
internal sealed class FrontDoorReader(ClusterObjects cluster, JsonObject? ingress)
{
    private JsonObject? _known = ingress;

    /// <summary>The routes and Ingresses that there are; a route first.</summary>
    public async Task<IReadOnlyList<FrontDoor>> ReadAsync(EndpointTarget target, CancellationToken cancellationToken)
    {
        var doors = await Task.WhenAll(
            target.HasRoute ? RouteAsync(target, cancellationToken) : Task.FromResult<FrontDoor?>(null),
            target.HasIngress ? IngressAsync(target, cancellationToken) : Task.FromResult<FrontDoor?>(null)).ConfigureAwait(false);
        return [.. doors.OfType<FrontDoor>()];
    }

    private async Task<FrontDoor?> IngressAsync(EndpointTarget target, CancellationToken cancellationToken)
    {
        var id = ObjectKind.Ingress.Id(target.Namespace, target.Name);
        if ((Interlocked.Exchange(ref _known, null) ?? await TryGetAsync(id, cancellationToken).ConfigureAwait(false)) is not { } live)
        {
            return null;
        }

        var read = KubernetesJson.Deserialize<V1Ingress>(live.ToJsonString());
        return new FrontDoor(id, live, IngressCandidates.Of(read), IngressCandidates.HasAddress(read));
    }

    private async Task<FrontDoor?> RouteAsync(EndpointTarget target, CancellationToken cancellationToken)
    {
        var id = ObjectKind.Route.Id(target.Namespace, target.Name);
        if (await TryGetAsync(id, cancellationToken).ConfigureAwait(false) is not { } live)
        {
            return null;
        }

        var gateway = (live["spec"]?["parentRefs"] as JsonArray)?.FirstOrDefault() is { } parent
            ? await TryGetAsync(ObjectKind.Gateway.Id((string?)parent["namespace"] ?? target.Namespace, (string?)parent["name"] ?? ""), cancellationToken).ConfigureAwait(false)
            : null;
        return new FrontDoor(id, live, RouteCandidates.Of(live, gateway), RouteCandidates.Address(gateway) is not null, RouteCandidates.Refusal(live));
    }

    // Who may not read it has not made it either; and a Gateway is often another team's.
    private async Task<JsonObject?> TryGetAsync(ObjectId id, CancellationToken cancellationToken)
    {
        try
        {
            return await cluster.GetAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiFailure failure) when (failure.Code == HttpStatusCode.Forbidden)
        {
            return null;
        }
    }
}
