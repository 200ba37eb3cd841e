using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Admission;
using AspireK8sDeployer.EmbeddedCluster.ManagedFields;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>Takes a new object into the store, in the order of a real server: own, admit, prepare, validate, store.</summary>
internal sealed class Creator(ObjectStore store, AdmissionChain admission, Allocations allocations, TimeProvider time)
{
    /// <summary>Creates the object of a POST. The object is changed on the way; it is the caller's last use of it.</summary>
    public JsonObject Create(WriteRequest write, JsonObject obj)
    {
        Place(write, obj);
        write = write with { Name = ChooseName(obj) };
        return store.Exclusively(() =>
        {
            ObjectTypes.Default(write.Resource, obj);
            ServerSideApply.TrackUpdate(write.Resource, null, obj, write.Manager, write.Subresource, time.GetUtcNow());
            return Finish(write, obj);
        });
    }

    /// <summary>The rest of a creation, once fields have owners: for POST, and for PUT and apply of what is not there.</summary>
    public JsonObject Finish(WriteRequest write, JsonObject obj)
    {
        var resource = write.Resource;
        var request = new AdmissionRequest(write, AdmissionOperation.Create, obj, null);
        admission.Mutate(request);

        FillSystemFields(obj);
        ObjectTypes.PrepareForCreate(resource, obj);
        using var allocation = allocations.Begin(resource, obj, null, write.DryRun);
        FieldErrors.ThrowIfAny(resource, write.Name, ObjectTypes.ValidateCreate(resource, obj));
        admission.Validate(request);
        write.Warnings.AddRange(ObjectTypes.Warnings(resource, obj, null));

        if (store.Get(resource, write.Namespace, write.Name) is { } existing)
        {
            throw Exists(write, existing);
        }

        if (write.DryRun)
        {
            return obj;
        }

        var stored = store.Put(resource, Conversion.Store(obj, resource));
        allocation.Keep();
        return Conversion.Read(stored, resource);
    }

    /// <summary>Puts the object where the request says, or refuses if it says otherwise itself.</summary>
    public static void Place(WriteRequest write, JsonObject obj)
    {
        var metadata = obj.MetadataOf();
        var ns = metadata.Text("namespace");
        if (!write.Resource.Namespaced)
        {
            if (ns.Length > 0)
            {
                throw ApiException.BadRequest("namespace may not be set on a cluster-scoped object");
            }

            return;
        }

        if (ns.Length > 0 && ns != write.Namespace)
        {
            throw ApiException.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        metadata["namespace"] = write.Namespace;
    }

    private static string ChooseName(JsonObject obj)
    {
        var metadata = obj.MetadataOf();
        var name = metadata.Text("name");
        if (name.Length == 0 && metadata.Text("generateName") is { Length: > 0 } prefix)
        {
            name = GeneratedNames.For(prefix);
            metadata["name"] = name;
        }

        return name;
    }

    private static ApiException Exists(WriteRequest write, StoredObject existing)
    {
        var plain = ApiException.AlreadyExists(write.Resource, write.Name);
        return existing.ToJsonObject().IsBeingDeleted()
            ? new ApiException(plain.Code, plain.Reason, "object is being deleted: " + plain.Message, plain.Details)
            : plain;
    }

    private void FillSystemFields(JsonObject obj)
    {
        var metadata = obj.MetadataOf();
        if (metadata.Text("resourceVersion") is { Length: > 0 } version && version != "0")
        {
            throw new ApiException(500, "", "resourceVersion should not be set on objects to be created");
        }

        metadata.Remove("resourceVersion");
        metadata.Remove("selfLink");
        metadata.Remove("deletionTimestamp");
        metadata.Remove("deletionGracePeriodSeconds");
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Metadata.Timestamp(time.GetUtcNow());
    }
}
