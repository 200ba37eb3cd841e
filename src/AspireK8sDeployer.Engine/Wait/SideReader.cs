using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Wait;

/// <summary>Which objects are beside a deployment's own, and what they look like.</summary>
internal sealed class SideReader
{
    // Those that every rollout with them follows; the user's own are read when the rollout is ready.
    private static readonly ObjectKind[] Followed = [ObjectKind.EndpointSlice, ObjectKind.Autoscaler, ObjectKind.DisruptionBudget, ObjectKind.ScaledObject];

    private readonly ClusterObjects _cluster;
    private readonly JsonObject? _service;
    private readonly IReadOnlyList<ObjectId> _others;

    public SideReader(ClusterObjects cluster, DeploymentSettings settings)
    {
        var objects = ManifestRenderer.Render(settings, new PublishedSecrets()).Objects;
        _cluster = cluster;
        _service = objects.FirstOrDefault(item => item.Id == ObjectKind.Service.Id(settings.Namespace, settings.Name))?.Body;
        Kinds = [.. Followed.Where(kind => kind == ObjectKind.EndpointSlice || objects.Any(item => item.Id.Kind == kind.Kind))];
        // The route is the endpoint's business, and another Service leads to who knows what.
        _others = [.. objects.Select(item => item.Id).Where(id =>
            SideReadiness.Kinds.Contains(id.Kind)
            && id.Kind is not ("Service" or "HTTPRoute")
            && !Followed.Any(kind => kind.Kind == id.Kind)
            && id != ObjectKind.Deployment.Id(settings.Namespace, settings.Name))];
    }

    /// <summary>The kinds to follow with the rollout.</summary>
    public IReadOnlyList<ObjectKind> Kinds { get; }

    /// <summary>All that is beside the Deployment, as far as it may be read.</summary>
    /// <param name="followed">What the streams have told.</param>
    /// <param name="knowsEndpoints">Whether they tell of endpoints: without that, nobody knows whether the Service leads anywhere.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SideObjects> ReadAsync(IEnumerable<JsonObject> followed, bool knowsEndpoints, CancellationToken cancellationToken)
    {
        var others = await Task.WhenAll(_others.Select(id => ReadAsync(id, cancellationToken))).ConfigureAwait(false);
        IEnumerable<JsonObject> service = knowsEndpoints && _service is not null ? [_service] : [];
        return new SideObjects([.. service, .. followed, .. others.OfType<JsonObject>()]);
    }

    private async Task<JsonObject?> ReadAsync(ObjectId id, CancellationToken cancellationToken)
    {
        try
        {
            return await _cluster.GetAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiFailure failure) when (failure.Code is HttpStatusCode.Forbidden)
        {
            return null;
        }
    }
}
