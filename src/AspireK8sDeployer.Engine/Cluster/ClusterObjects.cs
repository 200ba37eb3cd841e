using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Reads and writes objects of the cluster: what the stages ask of the API, and all of it.</summary>
internal sealed class ClusterObjects(ApiClient client, KindDiscovery kinds, SharedReads reads)
{
    private const int PageSize = 500;
    private const int MostConflicts = 5;

    private static readonly TimeSpan PatienceForLists = TimeSpan.FromSeconds(60);

    public ClusterObjects(ApiClient client)
        : this(client, new KindDiscovery(client), new SharedReads())
    {
    }

    /// <summary>For the other calls in this folder; no stage makes calls of its own.</summary>
    public ApiClient Client => client;

    /// <summary>Where the API serves which kind.</summary>
    public KindDiscovery Kinds => kinds;

    public Uri Server => client.Server;

    public TimeProvider Time => client.Time;

    /// <summary>The failure of all calls for some time; null when the server answers.</summary>
    public ClusterUnreachableException? Outage => client.Outage;

    /// <summary>What the server warned of in calls of this one, each thing once.</summary>
    public IReadOnlyList<string> ServerWarnings => client.Scope.Warnings.Texts;

    /// <summary>What calls of this one have written.</summary>
    public WriteLog Written => client.Scope.Log;

    /// <summary>The same cluster for one deploy, whose calls are counted apart.</summary>
    public ClusterObjects ForItself() => new(client.ForItself(), kinds, reads);

    /// <summary>One object, or null when there is none.</summary>
    public async Task<JsonObject?> GetAsync(ObjectId id, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(Request(HttpMethod.Get, id), cancellationToken).ConfigureAwait(false);
        }
        catch (ApiFailure failure) when (failure.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>All objects of a kind in a namespace, or in all, that the selectors let through, page by page.</summary>
    public async Task<ObjectList> ListAsync(ObjectKind kind, string? @namespace, ObjectSelector selector, CancellationToken cancellationToken)
    {
        List<JsonObject> items = [];
        string? next = null;
        var paged = true;
        while (true)
        {
            var query = selector.ToQuery();
            if (paged)
            {
                query["limit"] = $"{PageSize}";
            }

            if (next is not null)
            {
                query["continue"] = next;
            }

            var request = new ApiRequest(HttpMethod.Get, kind.Path(@namespace))
            {
                Query = query,
                Subject = $"{kind.Plural} of {(@namespace is null ? "all namespaces" : $"namespace {@namespace}")}",
                Patience = PatienceForLists,
            };
            JsonObject page;
            try
            {
                page = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (ApiFailure failure) when (next is not null && failure.Code == System.Net.HttpStatusCode.Gone)
            {
                // The version that the pages belong to is forgotten: all at once, or it may be again and again.
                items.Clear();
                (next, paged) = (null, false);
                continue;
            }

            items.AddRange((page["items"] as JsonArray ?? []).OfType<JsonObject>().Select(item => Complete(item, kind)));
            next = (string?)page["metadata"]?["continue"];
            if (string.IsNullOrEmpty(next))
            {
                return new ObjectList(items, (string?)page["metadata"]?["resourceVersion"] ?? "");
            }
        }
    }

    /// <summary>All objects of a kind that belong to a deployment; one call for all who ask at the same time.</summary>
    public Task<IReadOnlyList<JsonObject>> ListOfAsync(ObjectKind kind, DeploymentIdentity deployment, CancellationToken cancellationToken) =>
        reads.OfDeploymentAsync(this, kind, deployment.Namespace, deployment.Name, cancellationToken);

    /// <summary>A namespace, or null when there is none; one call for all who ask at the same time.</summary>
    public Task<JsonObject?> NamespaceAsync(string name, CancellationToken cancellationToken) => reads.NamespaceAsync(this, name, cancellationToken);

    /// <summary>What the autoscalers of a namespace scale; one call for all who ask at the same time.</summary>
    public Task<IReadOnlyList<AutoscalerTarget>> AutoscalersAsync(string @namespace, CancellationToken cancellationToken) =>
        reads.AutoscalersAsync(this, @namespace, cancellationToken);

    /// <summary>Server-side apply as our field manager; with <paramref name="dryRun"/> only what it would give.</summary>
    public Task<JsonObject> ApplyAsync(ObjectId id, JsonObject body, bool dryRun, bool force, CancellationToken cancellationToken)
    {
        var query = new Dictionary<string, string> { ["fieldManager"] = Names.FieldManager, ["fieldValidation"] = "Strict", ["force"] = force ? "true" : "false" };
        if (dryRun)
        {
            query["dryRun"] = "All";
        }

        var request = Request(HttpMethod.Patch, id) with { Body = body, ContentType = "application/apply-patch+yaml", Query = query };
        return client.SendAsync(request, cancellationToken);
    }

    /// <summary>Creates an object that must not be there yet.</summary>
    public Task<JsonObject> CreateAsync(ObjectId id, JsonObject body, CancellationToken cancellationToken)
    {
        var query = new Dictionary<string, string> { ["fieldManager"] = Names.FieldManager, ["fieldValidation"] = "Strict" };
        var request = new ApiRequest(HttpMethod.Post, Kinds.Of(id).Path(id.Namespace)) { Body = body, Query = query, Subject = id.ToString() };
        return client.SendAsync(request, cancellationToken);
    }

    /// <summary>Replaces an object; the body's resourceVersion guards against other writers.</summary>
    public Task<JsonObject> ReplaceAsync(ObjectId id, JsonObject body, CancellationToken cancellationToken)
    {
        var query = new Dictionary<string, string> { ["fieldManager"] = Names.FieldManager, ["fieldValidation"] = "Strict" };
        return client.SendAsync(Request(HttpMethod.Put, id) with { Body = body, Query = query }, cancellationToken);
    }

    /// <summary>Deletes the object with this uid. True when it is gone or going; false when another one has its name by now.</summary>
    public async Task<bool> DeleteAsync(ObjectId id, string uid, bool foreground, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await DeleteAsync(id, new JsonObject { ["uid"] = uid }, foreground ? Propagation.Foreground : Propagation.Background, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (ApiFailure failure) when (failure.IsStale && id.Kind != ObjectKind.Namespace.Kind)
            {
                // Another object, or the same one that somebody writes to: taken for another, it would never be deleted.
                var live = await GetAsync(id, cancellationToken).ConfigureAwait(false);
                if (live is null || (string?)live["metadata"]?["uid"] != uid)
                {
                    return live is null;
                }

                if (attempt == MostConflicts)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Deletes the object as it was read. False when it has been changed since.</summary>
    public Task<bool> DeleteUnchangedAsync(ObjectId id, JsonObject read, CancellationToken cancellationToken) =>
        DeleteUnchangedAsync(id, read, Propagation.Background, cancellationToken);

    /// <inheritdoc cref="DeleteUnchangedAsync(ObjectId, JsonObject, CancellationToken)"/>
    public async Task<bool> DeleteUnchangedAsync(ObjectId id, JsonObject read, Propagation propagation, CancellationToken cancellationToken)
    {
        var metadata = read["metadata"]!;
        var preconditions = new JsonObject { ["uid"] = (string)metadata["uid"]!, ["resourceVersion"] = (string)metadata["resourceVersion"]! };
        try
        {
            await DeleteAsync(id, preconditions, propagation, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ApiFailure failure) when (failure.IsStale)
        {
            return false;
        }
    }

    /// <summary>Changes an object by a JSON patch, which guards itself against other writers.</summary>
    public Task<JsonObject> PatchAsync(ObjectId id, JsonArray patch, CancellationToken cancellationToken)
    {
        var query = new Dictionary<string, string> { ["fieldManager"] = Names.FieldManager };
        return client.SendAsync(Request(HttpMethod.Patch, id) with { Body = patch, ContentType = "application/json-patch+json", Query = query }, cancellationToken);
    }

    private async Task DeleteAsync(ObjectId id, JsonObject preconditions, Propagation propagation, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "DeleteOptions",
            ["propagationPolicy"] = propagation.ToString(),
            ["preconditions"] = preconditions,
        };
        try
        {
            await client.SendAsync(Request(HttpMethod.Delete, id) with { Body = body }, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiFailure failure) when (failure.IsNotFound)
        {
            // It is gone already.
        }
    }

    // Lists leave out what every element has in common.
    private static JsonObject Complete(JsonObject item, ObjectKind kind)
    {
        item["apiVersion"] ??= kind.ApiVersion;
        item["kind"] ??= kind.Kind;
        return item;
    }

    private ApiRequest Request(HttpMethod method, ObjectId id) =>
        new(method, Kinds.Of(id).Path(id.Namespace, id.Name)) { Subject = id.ToString() };
}
