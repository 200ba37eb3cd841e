using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Admission;
using AspireK8sDeployer.EmbeddedCluster.ManagedFields;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>Changes an object in the store: PUT, every kind of patch, apply, and their subresources.</summary>
internal sealed class Updater(ObjectStore store, AdmissionChain admission, Allocations allocations, Creator creator)
{
    /// <summary>
    /// Computes the new state from the stored one and stores it. <paramref name="compute"/> gets null when there is no such
    /// object and <paramref name="mayCreate"/> is true; it returns the object whole, defaults and field owners included.
    /// </summary>
    public UpdateResult Update(WriteRequest write, bool mayCreate, Func<JsonObject?, JsonObject> compute) => store.Exclusively(() =>
    {
        if (store.Get(write.Resource, write.Namespace, write.Name) is not { } existing)
        {
            return mayCreate
                ? new UpdateResult(CreateInstead(write, compute(null)), Created: true)
                : throw ApiException.NotFound(write.Resource, write.Name);
        }

        var old = Conversion.Read(existing, write.Resource);
        var updated = compute(Conversion.Read(existing, write.Resource));
        return new UpdateResult(Replace(write, existing, old, updated), Created: false);
    });

    private JsonObject CreateInstead(WriteRequest write, JsonObject obj)
    {
        Creator.Place(write, obj);
        if (obj.MetadataOf().Text("uid") is { Length: > 0 } uid)
        {
            throw write.IsReplacement
                ? UidPrecondition(write, uid, "")
                : ApiException.Conflict(
                    write.Resource, write.Name, $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
        }

        // A version means nothing yet; only a POST is refused for it.
        obj.MetadataOf().Remove("resourceVersion");
        return creator.Finish(write, obj);
    }

    private JsonObject Replace(WriteRequest write, StoredObject existing, JsonObject old, JsonObject updated)
    {
        var resource = write.Resource;
        var metadata = updated.MetadataOf();
        Creator.Place(write, updated);
        metadata.Remove("selfLink");
        if (write.IsReplacement && metadata.Text("uid") is { Length: > 0 } uid && uid != existing.Uid)
        {
            throw UidPrecondition(write, uid, existing.Uid);
        }

        var request = new AdmissionRequest(write, AdmissionOperation.Update, updated, old);
        admission.Mutate(request);
        CheckVersion(write, existing, metadata);

        ObjectTypes.PrepareForUpdate(resource, updated, old, write.Subresource);
        using var allocation = allocations.Begin(resource, updated, old, write.DryRun);
        FieldErrors.ThrowIfAny(resource, write.Name, ObjectTypes.ValidateUpdate(resource, updated, old, write.Subresource));
        admission.Validate(request);
        write.Warnings.AddRange(ObjectTypes.Warnings(resource, updated, old));

        if (Deleter.IsDoneWith(updated))
        {
            // Its last finalizer went with this change: the answer is the object as it was changed, then it is gone.
            if (!write.DryRun)
            {
                store.Remove(existing);
                allocation.Keep();
                allocations.Release(resource, updated);
            }

            return updated;
        }

        // A write that changes nothing but its own time is not made.
        if (ServerSideApply.IsNoOp(old, updated))
        {
            return old;
        }

        if (write.DryRun)
        {
            return updated;
        }

        var stored = store.Put(resource, Conversion.Store(updated, resource));
        allocation.Keep();
        return Conversion.Read(stored, resource);
    }

    private static void CheckVersion(WriteRequest write, StoredObject existing, JsonObject metadata)
    {
        var text = metadata.Text("resourceVersion");
        long version = 0;
        if (text.Length > 0 && !Versions.TryParse(text, out version))
        {
            throw new ApiException(500, "", $"strconv.ParseUint: parsing {ServerText.Quote(text)}: invalid syntax");
        }

        if (version != 0 && version != existing.Version)
        {
            throw ApiException.Modified(write.Resource, write.Name);
        }

        if (version == 0 && write.Resource.Traits.HasFlag(ResourceTraits.LockedUpdate))
        {
            // A real server names the resource here, not the kind.
            throw ApiException.Invalid(write.Resource.Group, write.Resource.Plural, write.Name, [new StatusCause(
                "FieldValueInvalid", "Invalid value: 0: must be specified for an update", "metadata.resourceVersion")]);
        }

        metadata["resourceVersion"] = Versions.Text(existing.Version);
    }

    private static ApiException UidPrecondition(WriteRequest write, string wanted, string actual)
    {
        var path = write.Resource.Storage is { Group: "" or "apps" or "batch" or "autoscaling" or "policy" } row ? row.Plural : write.Resource.Plural;
        var key = write.Resource.Namespaced ? $"/registry/{path}/{write.Namespace}/{write.Name}" : $"/registry/{path}/{write.Name}";
        return ApiException.Conflict(
            write.Resource,
            write.Name,
            $"StorageError: invalid object, Code: 4, Key: {key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: "
            + $"UID in precondition: {wanted}, UID in object meta: {actual}");
    }
}

/// <summary>What came of an update.</summary>
internal sealed record UpdateResult(JsonObject Object, bool Created);
