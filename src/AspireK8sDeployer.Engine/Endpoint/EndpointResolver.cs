using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Wait;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>Finds out where a deployed pipeline answers, and asks it there.</summary>
/// <remarks>
/// A rollout that is ready is not failed for its address: load balancers take minutes, or never come, and the address of a
/// node may be somebody else's in the network that we are in. But a pipeline that answers there, and is not well, is a failure.
/// </remarks>
internal sealed class EndpointResolver(ClusterObjects cluster, TimeSpan addressGrace) : IDisposable
{
    // Any node forwards to the pods; if these cannot be reached, hardly the others.
    private const int EnoughNodes = 3;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    // Until every proxy has heard of the new pods.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Reaching = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReachingInside = TimeSpan.FromSeconds(2);

    private readonly HealthProbe _probe = new();

    /// <summary>The Ingress, where it was read a moment ago and is as it was before.</summary>
    public JsonObject? KnownIngress { get; init; }

    /// <summary>The best address that answers, or the best there is with a warning.</summary>
    /// <param name="target">Whose.</param>
    /// <param name="known">The Service, where it is as it was before; null when it was just applied.</param>
    /// <param name="report">Hears what is waited for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(PipelineEndpoint Endpoint, IReadOnlyList<string> Warnings)> ResolveAsync(
        EndpointTarget target, JsonObject? known, Action<string> report, CancellationToken cancellationToken)
    {
        List<string> warnings = [];
        if (target.HasIngress || target.HasRoute)
        {
            var (front, found) = await new FrontDoorResolver(cluster, _probe, addressGrace, KnownIngress).ResolveAsync(target, report, cancellationToken).ConfigureAwait(false);
            warnings.AddRange(found);
            if (front is not null && (front.Verified || !target.AnyWay))
            {
                return (front.Verified ? front : front with { ServiceUrl = await OwnUrlAsync(target, known, cancellationToken).ConfigureAwait(false) }, warnings);
            }
        }

        var service = await WithAddressAsync(target, known, report, cancellationToken).ConfigureAwait(false);
        if (!EndpointCandidates.HasAddress(service))
        {
            warnings.Add(
                $"Service/{target.Namespace}/{target.Name} has no load balancer address (LB_PENDING): "
                + "nothing in the cluster may give one; .WithService(s => s.Type = ServiceType.NodePort) does without");
        }

        var nodes = service.Spec.Type == "ClusterIP" ? [] : await NodesAsync(cancellationToken).ConfigureAwait(false);
        var candidates = EndpointCandidates.Of(service, nodes);
        var (healthy, unwell) = await FirstHealthyAsync(target, candidates, cancellationToken).ConfigureAwait(false);
        if (healthy is not null)
        {
            return (new PipelineEndpoint(healthy.Url, healthy.Source, Verified: true), warnings);
        }

        var port = service.Spec.Ports[0].Port;
        var hint = target.PortForward(port);
        var best = candidates.FirstOrDefault(candidate => !candidate.IsInternal)
            ?? new EndpointCandidate(EndpointCandidates.Internal(service), EndpointCandidates.InCluster);
        if (!best.IsInternal)
        {
            warnings.Add(unwell is { } stranger
                ? $"{new Uri(stranger.Candidate.Url, target.HealthPath)} answers {(int)stranger.Status}, but not as this pipeline does: from here, something else seems to be at that address"
                : $"{best.Url} cannot be reached from here, so it was not checked");
        }

        return (new PipelineEndpoint(best.Url, best.Source, Verified: false, hint) { ServiceUrl = EndpointCandidates.Own(service) }, warnings);
    }

    public void Dispose() => _probe.Dispose();

    private async Task<V1Service> WithAddressAsync(EndpointTarget target, JsonObject? known, Action<string> report, CancellationToken cancellationToken)
    {
        var begun = cluster.Time.GetTimestamp();
        var lines = new ProgressLines(report, cluster.Time);
        var service = Read(known) ?? await GetAsync(target, cancellationToken).ConfigureAwait(false);
        var patience = known is null ? addressGrace : addressGrace - AgeOf(service);
        while (!EndpointCandidates.HasAddress(service) && cluster.Time.GetElapsedTime(begun) < patience)
        {
            lines.Say("waits for the load balancer's address");
            await Task.Delay(LookAgain, cluster.Time, cancellationToken).ConfigureAwait(false);
            service = await GetAsync(target, cancellationToken).ConfigureAwait(false);
        }

        return service;
    }

    // What has had no address for long will not get one while a deploy that changes other things looks on.
    private TimeSpan AgeOf(V1Service service) =>
        service.Metadata.CreationTimestamp is { } created ? cluster.Time.GetUtcNow() - created.ToUniversalTime() : TimeSpan.Zero;

    private async Task<V1Service> GetAsync(EndpointTarget target, CancellationToken cancellationToken)
    {
        var id = ObjectKind.Service.Id(target.Namespace, target.Name);
        return Read(await cluster.GetAsync(id, cancellationToken).ConfigureAwait(false)) ?? throw new DeploymentException(
            "K8SD502", "endpoint", $"{id} is gone", "something else deletes it; deploy again once that has stopped");
    }

    private async Task<Uri?> OwnUrlAsync(EndpointTarget target, JsonObject? known, CancellationToken cancellationToken) =>
        EndpointCandidates.Own(Read(known) ?? await GetAsync(target, cancellationToken).ConfigureAwait(false));

    private static V1Service? Read(JsonObject? service) => service is null ? null : KubernetesJson.Deserialize<V1Service>(service.ToJsonString());

    // Whoever may not list nodes may still know one: the machine that the API server is on.
    private async Task<IReadOnlyList<string>> NodesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var list = await cluster.ListAsync(ObjectKind.Node, null, ObjectSelector.All, cancellationToken).ConfigureAwait(false);
            var nodes = list.Items.Select(item => KubernetesJson.Deserialize<V1Node>(item.ToJsonString()));
            var addresses = nodes.SelectMany(node => node.Status?.Addresses ?? []).ToList();
            return [.. OfType(addresses, "ExternalIP"), .. OfType(addresses, "InternalIP")];
        }
        catch (ApiFailure failure) when (failure.Code is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            return [cluster.Server.Host];
        }
    }

    private static IEnumerable<string> OfType(IEnumerable<V1NodeAddress> addresses, string type) =>
        addresses.Where(address => address.Type == type).Select(address => address.Address).Take(EnoughNodes);

    private async Task<(EndpointCandidate? Healthy, UnwellAnswer? Unwell)> FirstHealthyAsync(
        EndpointTarget target, IReadOnlyList<EndpointCandidate> candidates, CancellationToken cancellationToken)
    {
        var begun = cluster.Time.GetTimestamp();
        UnwellAnswer? unwell = null;
        while (candidates.Count > 0)
        {
            foreach (var candidate in candidates)
            {
                var answer = await _probe.AskAsync(candidate.Url, target.HealthPath, null, cancellationToken).ConfigureAwait(false);
                if (answer.IsWell && await IsOursAsync(candidate, target, cancellationToken).ConfigureAwait(false))
                {
                    return (candidate, null);
                }

                if (answer.Status is { } answered && !candidate.IsInternal && unwell is not { IsOurs: true })
                {
                    unwell = new UnwellAnswer(candidate, answered, await IsAsync(candidate, target, cancellationToken).ConfigureAwait(false));
                }
            }

            if (cluster.Time.GetElapsedTime(begun) > Patience(target, candidates, unwell))
            {
                break;
            }

            await Task.Delay(LookAgain, cluster.Time, cancellationToken).ConfigureAwait(false);
        }

        return unwell is not { IsOurs: true } ours ? (null, unwell) : throw UnwellError.Of(target, new Uri(ours.Candidate.Url, target.HealthPath), (int)ours.Status);
    }

    // Who asks for a key does not say who he is; but an address of this machine is nobody's in another network.
    private async Task<bool> IsOursAsync(EndpointCandidate candidate, EndpointTarget target, CancellationToken cancellationToken) =>
        !candidate.IsInternal || candidate.Url.IsLoopback || await IsAsync(candidate, target, cancellationToken).ConfigureAwait(false);

    private Task<bool> IsAsync(EndpointCandidate candidate, EndpointTarget target, CancellationToken cancellationToken) =>
        _probe.IsAsync(candidate, StableId.Of(target.Deployment), cancellationToken);

    // A load balancer answers for itself until it knows the pods; who else answers and is not us will not become us. What was
    // deployed before has settled.
    private static TimeSpan Patience(EndpointTarget target, IReadOnlyList<EndpointCandidate> candidates, UnwellAnswer? unwell) => unwell switch
    {
        _ when target.AnyWay => TimeSpan.Zero,
        { IsOurs: true } or { Candidate.Source: EndpointCandidates.Balancer } => Settling,
        null when candidates.All(candidate => candidate.IsInternal) => ReachingInside,
        _ => Reaching,
    };

    private sealed record UnwellAnswer(EndpointCandidate Candidate, HttpStatusCode Status, bool IsOurs);
}
