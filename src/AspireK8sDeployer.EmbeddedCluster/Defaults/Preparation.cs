using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>What the server makes of an object before it checks it: fields that a request cannot write, and the generation.</summary>
internal static class Preparation
{
    // Kinds whose generation counts changes of the spec. Others have none: a Secret, a Service, an autoscaler.
    private static readonly HashSet<string> Counted =
    [
        "Pod", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController", "Job", "CronJob",
        "Ingress", "IngressClass", "NetworkPolicy", "PodDisruptionBudget", "EndpointSlice", "CustomResourceDefinition", "PriorityClass",
    ];

    public static void ForCreate(ResourceDefinition resource, JsonObject obj)
    {
        EmptyLists.ToNull(ObjectSchemas.Of(resource), obj);
        var metadata = obj.ObjectOrNew("metadata");
        metadata.Remove("generation");
        if (IsCounted(resource))
        {
            metadata["generation"] = 1L;
        }

        if (resource.HasStatus)
        {
            ResetStatus(resource, obj);
        }

        switch (resource.Kind)
        {
            case "Pod":
                PodPreparation.ForCreate(obj);
                break;
            case "Namespace":
                NamespacePreparation.ForCreate(obj);
                break;
            case "PersistentVolumeClaim":
                ClaimPreparation.NormalizeSources(obj.ObjectOrNew("spec"));
                obj.ObjectOrNew("status")["phase"] = "Pending";
                break;
            case "ServiceAccount":
                CleanSecretReferences(obj);
                break;
            case "CustomResourceDefinition":
                CrdPreparation.ForCreate(obj);
                break;
            case "Job" when resource.Model is not null:
                JobPreparation.GenerateSelector(obj);
                break;
        }
    }

    public static void ForUpdate(ResourceDefinition resource, JsonObject obj, JsonObject old, string? subresource)
    {
        EmptyLists.ToNull(ObjectSchemas.Of(resource), obj);
        var metadata = obj.ObjectOrNew("metadata");
        var oldMetadata = old.ObjectOrNew("metadata");
        Keep("generation", metadata, oldMetadata);
        if (subresource == "binding")
        {
            return; // the scheduler's: a node in the spec and a condition in the status, which is no new generation
        }

        if (subresource == "status")
        {
            KeepAllButStatus(resource, obj, old);
        }
        else
        {
            if (resource.HasStatus)
            {
                Keep("status", obj, old);
            }

            ForKind(resource, obj, old, subresource);
            if (HasNewGeneration(resource, obj, old))
            {
                metadata["generation"] = (oldMetadata.NumberOf("generation") ?? 0) + 1;
            }
        }

        if (metadata.TextOf("uid").Length == 0)
        {
            Keep("uid", metadata, oldMetadata);
        }

        Keep("creationTimestamp", metadata, oldMetadata);
        if (oldMetadata.Has("deletionTimestamp"))
        {
            Keep("deletionTimestamp", metadata, oldMetadata);
        }

        if (oldMetadata.Has("deletionGracePeriodSeconds") && !metadata.Has("deletionGracePeriodSeconds"))
        {
            Keep("deletionGracePeriodSeconds", metadata, oldMetadata);
        }
    }

    private static bool IsCounted(ResourceDefinition resource) => resource.Model is null || Counted.Contains(resource.Kind);

    private static void ResetStatus(ResourceDefinition resource, JsonObject obj)
    {
        if (resource.Model is null)
        {
            obj.Remove("status");
        }
        else
        {
            var empty = ObjectTypes.Empty(resource)["status"];
            obj["status"] = empty?.DeepClone();
        }
    }

    private static void KeepAllButStatus(ResourceDefinition resource, JsonObject obj, JsonObject old)
    {
        var metadata = obj.ObjectOrNew("metadata");
        var oldMetadata = old.ObjectOrNew("metadata");
        foreach (var name in obj.Concat(old).Select(field => field.Key).Distinct().ToList())
        {
            if (name is not ("metadata" or "status" or "apiVersion" or "kind"))
            {
                Keep(name, obj, old);
            }
        }

        switch (resource.Kind)
        {
            case "Deployment":
                Keep("labels", metadata, oldMetadata);
                break;
            case "Pod":
                metadata.Remove("deletionTimestamp");
                Keep("ownerReferences", metadata, oldMetadata);
                if (obj.ObjectOrNew("status").TextOf("qosClass").Length == 0)
                {
                    Keep("qosClass", obj.ObjectOrNew("status"), old.ObjectOrNew("status"));
                }

                break;
            case "CustomResourceDefinition" or _ when resource.Model is null || resource.Kind == "CustomResourceDefinition":
                var managed = metadata["managedFields"]?.DeepClone();
                obj["metadata"] = oldMetadata.DeepClone();
                if (managed is not null)
                {
                    obj.ObjectOrNew("metadata")["managedFields"] = managed;
                }

                break;
        }
    }

    private static void ForKind(ResourceDefinition resource, JsonObject obj, JsonObject old, string? subresource)
    {
        switch (resource.Kind)
        {
            case "Namespace" when subresource != "finalize":
                Keep("finalizers", obj.ObjectOrNew("spec"), old.ObjectOrNew("spec"));
                break;
            case "Secret" when obj.TextOf("type").Length == 0:
                Keep("type", obj, old);
                break;
            case "Service":
                ServicePreparation.DropWhatTheTypeLacks(obj, old);
                break;
            case "PersistentVolumeClaim":
                ClaimPreparation.NormalizeSources(obj.ObjectOrNew("spec"));
                break;
            case "ServiceAccount":
                CleanSecretReferences(obj);
                break;
            case "CustomResourceDefinition":
                CrdPreparation.ForUpdate(obj, old);
                break;
        }
    }

    private static bool HasNewGeneration(ResourceDefinition resource, JsonObject obj, JsonObject old)
    {
        if (resource.Model is null)
        {
            return obj.Concat(old).Select(field => field.Key).Distinct()
                .Any(name => name is not "metadata" && !(name == "status" && resource.HasStatus) && !JsonValues.Same(obj[name], old[name]));
        }

        if (!Counted.Contains(resource.Kind))
        {
            return false;
        }

        return resource.Kind switch
        {
            "EndpointSlice" => obj.Any(field => field.Key != "metadata" && !JsonValues.Same(field.Value, old[field.Key]))
                || !JsonValues.Same(obj["metadata"]?["labels"], old["metadata"]?["labels"]),

            // Annotations go on to the ReplicaSets, so that a change of them is a change to work on.
            "Deployment" => !JsonValues.Same(obj["spec"], old["spec"])
                || !JsonValues.Same(obj["metadata"]?["annotations"], old["metadata"]?["annotations"]),
            _ => !JsonValues.Same(obj["spec"], old["spec"]),
        };
    }

    private static void CleanSecretReferences(JsonObject account)
    {
        foreach (var reference in account.Objects("secrets").ToList())
        {
            var name = reference.TextOf("name");
            reference.Clear();
            reference["name"] = name;
        }
    }

    private static void Keep(string name, JsonObject obj, JsonObject old)
    {
        if (old.TryGetPropertyValue(name, out var value))
        {
            obj[name] = value?.DeepClone();
        }
        else
        {
            obj.Remove(name);
        }
    }
}
