using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>The defaults of kinds.</summary>
internal static class KindDefaults
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    public static void Apply(ResourceDefinition resource, JsonObject obj)
    {
        switch (resource.Kind)
        {
            case "Pod":
                PodDefaults.Pod(obj.ObjectOrNew("spec"));
                break;
            case "Deployment":
                WorkloadDefaults.Deployment(obj.ObjectOrNew("spec"));
                break;
            case "ReplicaSet":
                obj.ObjectOrNew("spec").Fill("replicas", 1L);
                break;
            case "StatefulSet":
                WorkloadDefaults.StatefulSet(obj.ObjectOrNew("spec"));
                break;
            case "DaemonSet":
                WorkloadDefaults.DaemonSet(obj.ObjectOrNew("spec"));
                break;
            case "Job":
                WorkloadDefaults.Job(obj);
                break;
            case "CronJob":
                WorkloadDefaults.CronJob(obj.ObjectOrNew("spec"));
                break;
            case "ReplicationController":
                WorkloadDefaults.ReplicationController(obj);
                break;
            case "Service":
                ServiceDefaults.Apply(obj);
                break;
            case "Endpoints":
                Endpoints(obj);
                break;
            case "EndpointSlice":
                EndpointSlice(obj);
                break;
            case "Secret":
                Secret(obj);
                break;
            case "Namespace":
                Namespace(obj);
                break;
            case "ResourceQuota":
                PodDefaults.Round(obj.Object("spec")?.Object("hard"));
                break;
            case "PersistentVolume":
                PersistentVolume(obj);
                break;
            case "NetworkPolicy":
                NetworkPolicy(obj.ObjectOrNew("spec"));
                break;
            case "IngressClass":
                obj.Object("spec")?.Object("parameters")?.Fill("scope", "Cluster");
                break;
            case "RoleBinding" or "ClusterRoleBinding":
                Binding(obj);
                break;
            case "HorizontalPodAutoscaler":
                AutoscalerDefaults.Apply(resource.Version, obj.ObjectOrNew("spec"));
                break;
            case "PriorityClass":
                obj.Fill("preemptionPolicy", "PreemptLowerPriority");
                break;
            case "StorageClass":
                obj.Fill("reclaimPolicy", "Delete");
                obj.Fill("volumeBindingMode", "Immediate");
                break;
            case "CustomResourceDefinition":
                CustomResourceDefinition(obj);
                break;
        }
    }

    private static void Endpoints(JsonObject obj)
    {
        foreach (var port in obj.Objects("subsets").SelectMany(subset => subset.Objects("ports")))
        {
            port.Fill("protocol", "TCP");
        }
    }

    private static void EndpointSlice(JsonObject obj)
    {
        foreach (var port in obj.Objects("ports"))
        {
            port.Fill("name", "");
            port.Fill("protocol", "TCP");
        }
    }

    /// <summary>Texts become data; the field for texts is only ever written.</summary>
    private static void Secret(JsonObject obj)
    {
        obj.Fill("type", "Opaque");
        if (obj.Object("stringData") is not { } texts)
        {
            return;
        }

        var data = obj.ObjectOrNew("data");
        foreach (var (key, text) in texts)
        {
            data[key] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text.AsText() ?? ""));
        }

        obj.Remove("stringData");
    }

    private static void Namespace(JsonObject obj)
    {
        var metadata = obj.ObjectOrNew("metadata");
        if (metadata.TextOf("name") is { Length: > 0 } name)
        {
            metadata.ObjectOrNew("labels")["kubernetes.io/metadata.name"] = name;
        }

        obj.ObjectOrNew("status").Fill("phase", "Active");
    }

    private static void PersistentVolume(JsonObject obj)
    {
        obj.ObjectOrNew("status").Fill("phase", "Pending");
        var spec = obj.ObjectOrNew("spec");
        spec.Fill("persistentVolumeReclaimPolicy", "Retain");
        spec.Fill("volumeMode", "Filesystem");
        PodDefaults.Round(spec.Object("capacity"));
    }

    private static void NetworkPolicy(JsonObject spec)
    {
        if (spec["policyTypes"] is not JsonArray { Count: > 0 })
        {
            spec["policyTypes"] = spec["egress"] is JsonArray { Count: > 0 } ? new JsonArray("Ingress", "Egress") : new JsonArray("Ingress");
        }
    }

    private static void Binding(JsonObject obj)
    {
        obj.ObjectOrNew("roleRef").Fill("apiGroup", RbacGroup);
        foreach (var subject in obj.Objects("subjects").Where(subject => subject.TextOf("kind") is "User" or "Group"))
        {
            subject.Fill("apiGroup", RbacGroup);
        }
    }

    private static void CustomResourceDefinition(JsonObject obj)
    {
        var spec = obj.ObjectOrNew("spec");
        var names = spec.ObjectOrNew("names");
        var kind = names.TextOf("kind");
        names.Fill("singular", kind.ToLowerInvariant());
        if (kind.Length > 0)
        {
            names.Fill("listKind", kind + "List");
        }

        spec.ObjectOrNew("conversion").Fill("strategy", "None");
        var status = obj.ObjectOrNew("status");
        if (status["storedVersions"] is not JsonArray { Count: > 0 }
            && spec.Objects("versions").FirstOrDefault(version => version.Flag("storage")) is { } stored)
        {
            status["storedVersions"] = new JsonArray(stored.TextOf("name"));
        }
    }
}
