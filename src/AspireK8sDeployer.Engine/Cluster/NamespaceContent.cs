using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Everything that is in a namespace, whatever kinds the cluster has.</summary>
internal sealed partial class NamespaceContent(ClusterObjects cluster)
{
    private const int Enough = 5;

    // Made by the cluster itself, in every namespace or beside other objects.
    private static readonly string[] Derived = ["events", "endpoints", "endpointslices", "pods.metrics.k8s.io"];

    /// <summary>Some of the objects in the namespace besides those that every namespace has.</summary>
    /// <exception cref="ApiFailure">Some kind cannot be listed, so nobody knows.</exception>
    public async Task<IReadOnlyList<ObjectId>> SomeAsync(string @namespace, CancellationToken cancellationToken)
    {
        var resources = await ResourcesAsync(cancellationToken).ConfigureAwait(false);
        List<ObjectId> found = [];
        foreach (var batch in resources.Chunk(8))
        {
            var lists = await Task.WhenAll(batch.Select(kind => ListAsync(kind, @namespace, cancellationToken))).ConfigureAwait(false);
            found.AddRange(lists.SelectMany(list => list));
            if (found.Count > 0)
            {
                return [.. found.Take(Enough)];
            }
        }

        return found;
    }

    private async Task<List<ObjectKind>> ResourcesAsync(CancellationToken cancellationToken)
    {
        var groups = await cluster.Client.SendAsync(new ApiRequest(HttpMethod.Get, "apis") { Subject = "list of API groups" }, cancellationToken).ConfigureAwait(false);
        var versions = (groups["groups"] as JsonArray ?? []).Select(group => (string?)group?["preferredVersion"]?["groupVersion"]).OfType<string>();
        List<ObjectKind> kinds = [];
        foreach (var batch in versions.Select(version => (Path: $"apis/{version}", Version: version)).Prepend((Path: "api/v1", Version: "v1")).Chunk(8))
        {
            var lists = await Task.WhenAll(batch.Select(item => KindsAsync(item.Path, item.Version, cancellationToken))).ConfigureAwait(false);
            kinds.AddRange(lists.SelectMany(list => list));
        }

        return kinds;
    }

    private async Task<IEnumerable<ObjectKind>> KindsAsync(string path, string groupVersion, CancellationToken cancellationToken)
    {
        var list = await cluster.Client.SendAsync(new ApiRequest(HttpMethod.Get, path) { Subject = $"list of kinds in {groupVersion}" }, cancellationToken).ConfigureAwait(false);
        var (group, version) = groupVersion.Split('/') is [var name, var number] ? (name, number) : ("", groupVersion);
        return (list["resources"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Where(resource => (bool?)resource["namespaced"] == true && (resource["verbs"] as JsonArray)?.Any(verb => (string?)verb == "list") == true)
            .Select(resource => new ObjectKind(group, version, (string)resource["kind"]!, (string)resource["name"]!))
            .Where(kind => !kind.Plural.Contains('/', StringComparison.Ordinal) && !Derived.Contains(kind.Plural) && !Derived.Contains($"{kind.Plural}.{group}"));
    }

    private async Task<IEnumerable<ObjectId>> ListAsync(ObjectKind kind, string @namespace, CancellationToken cancellationToken)
    {
        try
        {
            var query = new Dictionary<string, string> { ["limit"] = $"{Enough}" };
            var request = new ApiRequest(HttpMethod.Get, kind.Path(@namespace)) { Query = query, Subject = $"{kind.Plural} of namespace {@namespace}" };
            var list = await cluster.Client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return (list["items"] as JsonArray ?? [])
                .Select(item => kind.Id(@namespace, (string)item!["metadata"]!["name"]!))
                .Where(id => !IsOfEveryNamespace(id));
        }
        catch (ApiFailure failure) when (failure.Code is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
        {
            return [];
        }
    }

    // What clusters put into every namespace: Kubernetes itself, OpenShift and Istio.
    private static bool IsOfEveryNamespace(ObjectId id) => id.Kind switch
    {
        "ConfigMap" => id.Name is "kube-root-ca.crt" or "openshift-service-ca.crt" or "istio-ca-root-cert",
        "ServiceAccount" => id.Name is "default" or "builder" or "deployer",
        "RoleBinding" => id.Name is "system:deployers" or "system:image-builders" or "system:image-pullers",
        "Secret" => TokenOfEveryNamespace().IsMatch(id.Name),
        _ => false,
    };

    [GeneratedRegex("^(default|builder|deployer)-(token|dockercfg)-[a-z0-9]{5}$")]
    private static partial Regex TokenOfEveryNamespace();
}
