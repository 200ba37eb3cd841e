using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>
/// Finds out where the API serves kinds that are not in the table: one call for each group and version, once. What is not
/// there is asked for again the next time, since it may be installed meanwhile.
/// </summary>
internal sealed class KindDiscovery(ApiClient client)
{
    private readonly ConcurrentDictionary<(string ApiVersion, string Kind), ObjectKind> _found = new();

    /// <summary>The kind of an object that was resolved before.</summary>
    public ObjectKind Of(ObjectId id) =>
        ObjectKind.Find(id) ?? _found.GetValueOrDefault((id.ApiVersion, id.Kind))
        ?? throw new InvalidOperationException($"{id.ApiVersion} {id.Kind} was not resolved before it was used.");

    /// <summary>The kind of an object, as far as it was resolved.</summary>
    public ObjectKind? Find(ObjectId id) => ObjectKind.Find(id) ?? _found.GetValueOrDefault((id.ApiVersion, id.Kind));

    /// <summary>Looks for the kinds of all these objects, and returns those objects whose kind the cluster does not have.</summary>
    public async Task<IReadOnlyList<ObjectId>> ResolveAsync(IEnumerable<ObjectId> ids, CancellationToken cancellationToken)
    {
        var unknown = ids.Where(id => !IsKnown(id)).ToList();
        await Task.WhenAll(unknown.Select(id => id.ApiVersion).Distinct().Select(version => ReadAsync(version, cancellationToken))).ConfigureAwait(false);
        return [.. unknown.Where(id => !IsKnown(id))];
    }

    private bool IsKnown(ObjectId id) => ObjectKind.Find(id) is not null || _found.ContainsKey((id.ApiVersion, id.Kind));

    private async Task ReadAsync(string apiVersion, CancellationToken cancellationToken)
    {
        var (group, version) = apiVersion.Split('/') is [var name, var number] ? (name, number) : ("", apiVersion);
        var request = new ApiRequest(HttpMethod.Get, group.Length == 0 ? $"api/{version}" : $"apis/{apiVersion}") { Subject = $"list of kinds in {apiVersion}" };
        JsonObject list;
        try
        {
            list = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiFailure failure) when (failure.IsNotFound)
        {
            return;
        }

        foreach (var resource in (list["resources"] as JsonArray ?? []).OfType<JsonObject>())
        {
            // A name with a slash is a part of another resource, such as its status.
            if ((string?)resource["name"] is { } plural && !plural.Contains('/', StringComparison.Ordinal) && (string?)resource["kind"] is { } kind)
            {
                _found[(apiVersion, kind)] = new ObjectKind(group, version, kind, plural, (bool?)resource["namespaced"] == true);
            }
        }
    }
}
