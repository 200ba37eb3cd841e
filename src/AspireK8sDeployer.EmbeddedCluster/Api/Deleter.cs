using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Admission;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>Deletes objects: at once, after a grace period, or when the last finalizer is gone.</summary>
internal sealed class Deleter(ObjectStore store, ResourceTable table, AdmissionChain admission, Allocations allocations, TimeProvider time)
{
    private const string ForegroundFinalizer = "foregroundDeletion";
    private const string OrphanFinalizer = "orphan";

    public DeleteResult Delete(WriteRequest write, DeleteOptions options) => store.Exclusively(() =>
    {
        var resource = write.Resource;
        var existing = store.Get(resource, write.Namespace, write.Name) ?? throw ApiException.NotFound(resource, write.Name);
        var obj = Conversion.Read(existing, resource);
        CheckPreconditions(resource, existing, options);
        admission.Mutate(new AdmissionRequest(write, AdmissionOperation.Delete, null, obj));
        admission.Validate(new AdmissionRequest(write, AdmissionOperation.Delete, null, obj));

        var before = obj.DeepClone();
        var removed = resource switch
        {
            { Group: "", Kind: "Namespace" } => MarkNamespace(obj, options),
            { Group: CustomResources.Group, Kind: "CustomResourceDefinition" } => MarkDefinition(obj),
            _ => Mark(resource, obj, options),
        };
        var changed = !JsonNode.DeepEquals(before, obj);
        if (write.DryRun || options.DryRun)
        {
            return Answer(resource, obj, removed, existing.Uid);
        }

        if (changed)
        {
            existing = store.Put(resource, Conversion.Store(obj, resource));
        }

        if (removed)
        {
            existing = store.Remove(existing);
            allocations.Release(resource, obj);
        }

        var answer = Answer(resource, Conversion.Read(existing, resource), removed, existing.Uid);
        if (resource is { Group: "", Kind: "Pod" or "PersistentVolumeClaim" })
        {
            ClaimProtection.Release(store, table, write.Namespace);
        }

        return answer;
    });

    /// <summary>True when the object is being deleted and nothing holds it any more.</summary>
    public static bool IsDoneWith(JsonObject obj)
    {
        var metadata = obj.MetadataOf();
        return obj.IsBeingDeleted()
            && metadata.Texts("finalizers").Count == 0
            && obj["spec"] is var spec && (spec is not JsonObject o || o.Texts("finalizers").Count == 0)
            && metadata.Number("deletionGracePeriodSeconds") is null or 0;
    }

    private static DeleteResult Answer(ResourceDefinition resource, JsonObject obj, bool removed, string uid) =>
        removed && !resource.Traits.HasFlag(ResourceTraits.ReturnsDeleted)
            ? new DeleteResult(null, removed, uid)
            : new DeleteResult(obj, removed, uid);

    private static void CheckPreconditions(ResourceDefinition resource, StoredObject existing, DeleteOptions options)
    {
        if (options.Uid is { } uid && uid != existing.Uid)
        {
            throw Failed($"the UID in the precondition ({uid}) does not match the UID in record ({existing.Uid}). "
                + "The object might have been deleted and then recreated");
        }

        if (options.ResourceVersion is { } version && version != Versions.Text(existing.Version))
        {
            throw Failed($"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record "
                + $"({Versions.Text(existing.Version)}). The object might have been modified");
        }

        // A real server names the kind here, not the resource.
        ApiException Failed(string problem) => new(
            409,
            "Conflict",
            $"Operation cannot be fulfilled on {resource.GroupKind} \"{existing.Name}\": {problem}",
            new StatusDetails(existing.Name, resource.Group, resource.Kind));
    }

    /// <summary>Marks the object as being deleted where it cannot go at once; true when it can.</summary>
    private bool Mark(ResourceDefinition resource, JsonObject obj, DeleteOptions options)
    {
        var metadata = obj.MetadataOf();
        if (resource is { Group: "", Kind: "Pod" } && MarkPod(obj, options) is { } left)
        {
            if (left == GraceState.Unchanged)
            {
                return false;
            }

            UpdateFinalizers(resource, metadata, options);
            return left == GraceState.Over && metadata.Texts("finalizers").Count == 0;
        }

        UpdateFinalizers(resource, metadata, options);
        if (metadata.Texts("finalizers").Count == 0)
        {
            return true;
        }

        if (metadata["deletionGracePeriodSeconds"] is null && metadata.Number("generation") is > 0 and var generation)
        {
            metadata["generation"] = generation + 1;
        }

        metadata["deletionTimestamp"] ??= Metadata.Timestamp(time.GetUtcNow());
        metadata["deletionGracePeriodSeconds"] = 0;
        return false;
    }

    private bool MarkNamespace(JsonObject obj, DeleteOptions options)
    {
        var metadata = obj.MetadataOf();
        UpdateFinalizers(null, metadata, options);
        metadata["deletionTimestamp"] ??= Metadata.Timestamp(time.GetUtcNow());
        var status = obj["status"] as JsonObject ?? [];
        status["phase"] = "Terminating";
        obj["status"] = status;
        return metadata.Texts("finalizers").Count == 0 && (obj["spec"] is not JsonObject spec || spec.Texts("finalizers").Count == 0);
    }

    // Its objects go first: see CustomResources.
    private bool MarkDefinition(JsonObject obj)
    {
        var metadata = obj.MetadataOf();
        if (obj.IsBeingDeleted())
        {
            return metadata.Texts("finalizers").Count == 0;
        }

        metadata["deletionTimestamp"] = Metadata.Timestamp(time.GetUtcNow());
        metadata.SetTexts("finalizers", [.. metadata.Texts("finalizers").Append(CustomResources.CleanupFinalizer).Distinct()]);
        CustomResources.SetCondition(
            obj, "Terminating", "InstanceDeletionPending", "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon", time.GetUtcNow());
        return false;
    }

    private GraceState MarkPod(JsonObject pod, DeleteOptions options)
    {
        var metadata = pod.MetadataOf();
        var now = time.GetUtcNow();
        var asked = options.GracePeriodSeconds is < 0 ? 1 : options.GracePeriodSeconds;
        if (pod.IsBeingDeleted())
        {
            if (metadata.Number("deletionGracePeriodSeconds") is not { } current)
            {
                return GraceState.Over;
            }

            // A second delete can only shorten what the first one granted.
            if (asked is null || asked >= current)
            {
                return current == 0 && metadata.Texts("finalizers").Count == 0 ? GraceState.Over : GraceState.Unchanged;
            }

            var began = Metadata.ParseTimestamp(metadata.Text("deletionTimestamp"))?.AddSeconds(-current) ?? now;
            metadata["deletionTimestamp"] = Metadata.Timestamp(began.AddSeconds(asked.Value));
            metadata["deletionGracePeriodSeconds"] = asked;
            return asked == 0 ? GraceState.Over : GraceState.Running;
        }

        var spec = pod["spec"] as JsonObject ?? [];
        var phase = (pod["status"] as JsonObject ?? []).Text("phase");
        var seconds = spec.Text("nodeName").Length == 0 || phase is "Failed" or "Succeeded"
            ? 0 // no node has to end anything
            : asked ?? spec.Number("terminationGracePeriodSeconds") ?? 0;
        metadata["deletionTimestamp"] = Metadata.Timestamp(now.AddSeconds(seconds));
        metadata["deletionGracePeriodSeconds"] = seconds;
        if (metadata.Number("generation") is > 0 and var generation)
        {
            metadata["generation"] = generation + 1;
        }

        return seconds == 0 ? GraceState.Over : GraceState.Running;
    }

    private static void UpdateFinalizers(ResourceDefinition? resource, JsonObject metadata, DeleteOptions options)
    {
        if (resource is not null && resource.Traits.HasFlag(ResourceTraits.NoPropagation))
        {
            return;
        }

        var finalizers = metadata.Texts("finalizers");
        var orphansByDefault = resource is not null && resource.Traits.HasFlag(ResourceTraits.OrphansByDefault);
        var policy = options.PropagationPolicy
            ?? (finalizers.Contains(OrphanFinalizer) ? "Orphan"
            : finalizers.Contains(ForegroundFinalizer) ? "Foreground"
            : orphansByDefault ? "Orphan" : "Background");
        var others = finalizers.Where(f => f is not (OrphanFinalizer or ForegroundFinalizer));
        metadata.SetTexts("finalizers", policy switch
        {
            "Orphan" => [.. others, OrphanFinalizer],
            "Foreground" => [.. others, ForegroundFinalizer],
            _ => [.. others],
        });
    }

    private enum GraceState
    {
        Unchanged,
        Running,
        Over,
    }
}

/// <summary>What came of a deletion: the object where the kind answers with it, else only its uid.</summary>
internal sealed record DeleteResult(JsonObject? Object, bool Removed, string Uid);
