using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Reads for deployments that are planned at the same time: one call for each kind and namespace, not one for each deployment.</summary>
internal sealed class SharedReads
{
    // As long as all their names fit into an address.
    private const int MostNamed = 40;

    private readonly ConcurrentDictionary<(ObjectKind Kind, string Namespace), JoinedCalls<Ask, IReadOnlyList<JsonObject>>> _ofDeployments = new();
    private readonly ConcurrentDictionary<string, JoinedCalls<Ask, IReadOnlyList<AutoscalerTarget>>> _autoscalers = new();
    private readonly ConcurrentDictionary<string, JoinedCalls<Ask, JsonObject?>> _namespaces = new();

    /// <summary>A namespace, or null when there is none. It is the caller's alone.</summary>
    public Task<JsonObject?> NamespaceAsync(ClusterObjects cluster, string name, CancellationToken cancellationToken) => _namespaces
        .GetOrAdd(name, key => new JoinedCalls<Ask, JsonObject?>(asks => NamespaceAsync(key, asks)))
        .AskAsync(new Ask(cluster, "", cancellationToken), cancellationToken);

    /// <summary>The objects of a kind that belong to a deployment. They are the caller's alone.</summary>
    public Task<IReadOnlyList<JsonObject>> OfDeploymentAsync(ClusterObjects cluster, ObjectKind kind, string @namespace, string deployment, CancellationToken cancellationToken) =>
        _ofDeployments
            .GetOrAdd((kind, @namespace), key => new JoinedCalls<Ask, IReadOnlyList<JsonObject>>(asks => ListAsync(key.Kind, key.Namespace, asks)))
            .AskAsync(new Ask(cluster, deployment, cancellationToken), cancellationToken);

    /// <summary>What the autoscalers of a namespace scale, whoever made them.</summary>
    public Task<IReadOnlyList<AutoscalerTarget>> AutoscalersAsync(ClusterObjects cluster, string @namespace, CancellationToken cancellationToken) =>
        _autoscalers
            .GetOrAdd(@namespace, key => new JoinedCalls<Ask, IReadOnlyList<AutoscalerTarget>>(asks => AutoscalersAsync(key, asks)))
            .AskAsync(new Ask(cluster, "", cancellationToken), cancellationToken);

    private static async Task<IReadOnlyList<IReadOnlyList<JsonObject>>> ListAsync(ObjectKind kind, string @namespace, IReadOnlyList<Ask> asks)
    {
        var names = asks.Select(ask => ask.Deployment).Distinct().ToList();
        var selector = names switch
        {
            [var only] => ObjectSelector.OfDeployment(only),
            { Count: <= MostNamed } => new ObjectSelector($"{Names.DeploymentLabel} in ({string.Join(',', names)})"),
            _ => new ObjectSelector(Names.DeploymentLabel),
        };
        var list = await ClusterOf(asks).ListAsync(kind, @namespace, selector, TokenOf(asks)).ConfigureAwait(false);
        if (asks.Count == 1)
        {
            return [list.Items];
        }

        var byDeployment = list.Items.ToLookup(item => (string?)item["metadata"]?["labels"]?[Names.DeploymentLabel]);

        // Two who plan the same deployment must not change each other's objects, nor even read them at the same time.
        return [.. asks.Select((ask, index) => (IReadOnlyList<JsonObject>)[.. byDeployment[ask.Deployment]
            .Select(item => asks.Take(index).Any(before => before.Deployment == ask.Deployment) ? (JsonObject)item.DeepClone() : item)])];
    }

    private static async Task<IReadOnlyList<JsonObject?>> NamespaceAsync(string name, IReadOnlyList<Ask> asks)
    {
        var found = await ClusterOf(asks).GetAsync(ObjectKind.Namespace.Id(null, name), TokenOf(asks)).ConfigureAwait(false);
        return [.. asks.Select((_, index) => index == 0 ? found : (JsonObject?)found?.DeepClone())];
    }

    private static async Task<IReadOnlyList<IReadOnlyList<AutoscalerTarget>>> AutoscalersAsync(string @namespace, IReadOnlyList<Ask> asks)
    {
        var list = await ClusterOf(asks).ListAsync(ObjectKind.Autoscaler, @namespace, ObjectSelector.All, TokenOf(asks)).ConfigureAwait(false);
        List<AutoscalerTarget> targets = [.. list.Items.Select(AutoscalerTarget.Of)];
        return [.. asks.Select(_ => targets)];
    }

    // What fails for several counts against the calls of none of them.
    private static ClusterObjects ClusterOf(IReadOnlyList<Ask> asks) => asks is [var only] ? only.Cluster : asks[0].Cluster.ForItself();

    // Who asks alone may give up; together, each only leaves the others to it.
    private static CancellationToken TokenOf(IReadOnlyList<Ask> asks) => asks is [var only] ? only.CancellationToken : CancellationToken.None;

    private sealed record Ask(ClusterObjects Cluster, string Deployment, CancellationToken CancellationToken);
}
