using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>
/// The door for the cluster's own components (controllers, node): the same admission, validation, storage and watches as
/// over HTTP, without HTTP and with every right.
/// </summary>
/// <remarks>
/// Failures are <see cref="ApiException"/>s. Every object that is handed out is the caller's own to change, but for those of
/// a view, and every object that is handed in is left as it was.
/// </remarks>
internal interface IClusterApi
{
    ResourceTable Resources { get; }

    /// <summary>The object, or null when there is none.</summary>
    JsonObject? Get(ResourceDefinition resource, string? ns, string name);

    /// <summary>The objects of one namespace, or of all when <paramref name="ns"/> is null; ordered by namespace and name.</summary>
    ObjectList List(ResourceDefinition resource, string? ns = null, string? labelSelector = null, string? fieldSelector = null);

    /// <summary>
    /// The objects of one namespace, or of all, as models that all who look share: nobody may change them. What is looked at for
    /// every change of something else has to cost little.
    /// </summary>
    IReadOnlyList<T> View<T>(ResourceDefinition resource, string? ns)
        where T : class;

    /// <summary>The objects of all kinds that name this uid as an owner.</summary>
    IReadOnlyList<OwnedObject> DependentsOf(string uid);

    /// <summary>
    /// Every change after <paramref name="fromVersion"/>, in order, until cancelled. Ends with an <see cref="ApiException"/> 410
    /// when that version is too old: list again and watch from the list's version.
    /// </summary>
    IAsyncEnumerable<WatchEvent> WatchAsync(ResourceDefinition resource, string? ns, long fromVersion, CancellationToken ct);

    JsonObject Create(ResourceDefinition resource, JsonObject obj, string manager);

    /// <summary>Replaces an object, or one subresource of it (<c>status</c>); 409 on a stale resourceVersion, if it has one.</summary>
    JsonObject Update(ResourceDefinition resource, JsonObject obj, string manager, string? subresource = null);

    /// <summary>Deletes an object as a client would; 404 when there is none.</summary>
    void Delete(ResourceDefinition resource, string? ns, string name, DeleteOptions? options = null);
}

/// <summary>An object that names an owner, with its kind.</summary>
internal sealed record OwnedObject(ResourceDefinition Resource, JsonObject Object);
