using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.ManagedFields;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Selectors;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>The in-process door, on the same parts that HTTP requests go through.</summary>
internal sealed class ClusterApi(ServerParts parts) : IClusterApi
{
    public ResourceTable Resources => parts.Table;

    public JsonObject? Get(ResourceDefinition resource, string? ns, string name) =>
        parts.Store.Get(resource, ns ?? "", name) is { } stored ? Conversion.Read(stored, resource) : null;

    public ObjectList List(ResourceDefinition resource, string? ns = null, string? labelSelector = null, string? fieldSelector = null)
    {
        var query = new ObjectQuery(ns, LabelSelector.Parse(labelSelector), FieldSelector.Parse(resource, fieldSelector));
        var (state, version) = parts.Store.Read(resource);
        return new ObjectList([.. query.Select(state.Objects).Select(stored => Conversion.Read(stored, resource))], version);
    }

    public IReadOnlyList<T> View<T>(ResourceDefinition resource, string? ns)
        where T : class
    {
        var query = new ObjectQuery(ns, LabelSelector.Everything, FieldSelector.Everything);
        return [.. query.Select(parts.Store.Read(resource).State.Objects).Select(stored =>
            stored.Resource == resource ? stored.Model<T>() : Conversion.Read(stored, resource).To<T>())];
    }

    public IReadOnlyList<OwnedObject> DependentsOf(string uid) =>
    [
        .. from stored in parts.Store.DependentsOf(uid)
           let resource = parts.Table.All.FirstOrDefault(row => row.StoredAs is null && row.GroupResource == stored.Resource.GroupResource)
           where resource is not null // its definition may have changed, or gone
           select new OwnedObject(resource, Conversion.Read(stored, resource)),
    ];

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        ResourceDefinition resource, string? ns, long fromVersion, [EnumeratorCancellation] CancellationToken ct)
    {
        var query = new ObjectQuery(ns, LabelSelector.Everything, FieldSelector.Everything);
        await foreach (var change in ChangeFeed.ReadAsync(parts.Store, resource, query, fromVersion, ct).ConfigureAwait(false))
        {
            yield return new WatchEvent(change.Type, Conversion.Read(change.Object, resource), change.Object.Version);
        }
    }

    public JsonObject Create(ResourceDefinition resource, JsonObject obj, string manager)
    {
        var copy = Copy(resource, obj);
        var metadata = copy.MetadataOf();
        var write = new WriteRequest(resource, resource.Namespaced ? metadata.Text("namespace") : "", metadata.Text("name")) { Manager = manager };
        return parts.Creator.Create(write, copy);
    }

    public JsonObject Update(ResourceDefinition resource, JsonObject obj, string manager, string? subresource = null)
    {
        var copy = Copy(resource, obj);
        var metadata = copy.MetadataOf();
        var write = new WriteRequest(resource, metadata.Text("namespace"), metadata.Text("name")) { Manager = manager, Subresource = subresource };
        return parts.Updater.Update(write, mayCreate: false, live =>
        {
            ObjectTypes.Default(resource, copy);
            if (subresource != "binding")
            {
                // Nobody owns where a pod was put.
                ServerSideApply.TrackUpdate(resource, live, copy, manager, subresource, parts.Time.GetUtcNow());
            }

            return copy;
        }).Object;
    }

    public void Delete(ResourceDefinition resource, string? ns, string name, DeleteOptions? options = null) =>
        parts.Deleter.Delete(new WriteRequest(resource, ns ?? "", name) { Manager = "" }, options ?? new DeleteOptions());

    private static JsonObject Copy(ResourceDefinition resource, JsonObject obj)
    {
        try
        {
            return ObjectTypes.Conform(resource, obj);
        }
        catch (DecodeException problem)
        {
            throw ApiException.BadRequest(problem.Message);
        }
    }
}
