using System.Collections.Frozen;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Http;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Tables;

/// <summary>Objects as the rows that <c>kubectl get</c> shows.</summary>
internal static class TablePrinter
{
    private static readonly FrozenDictionary<string, Func<JsonObject, DateTimeOffset, JsonNode?[]>> Rows =
        new Dictionary<string, Func<JsonObject, DateTimeOffset, JsonNode?[]>>
        {
            ["clusterrolebindings.rbac.authorization.k8s.io"] = PolicyCells.RoleBinding,
            ["clusterroles.rbac.authorization.k8s.io"] = ClusterCells.Dated,
            ["configmaps"] = ClusterCells.ConfigMap,
            ["controllerrevisions.apps"] = WorkloadCells.ControllerRevision,
            ["cronjobs.batch"] = WorkloadCells.CronJob,
            ["customresourcedefinitions.apiextensions.k8s.io"] = ClusterCells.Dated,
            ["daemonsets.apps"] = WorkloadCells.DaemonSet,
            ["deployments.apps"] = WorkloadCells.Deployment,
            ["endpoints"] = NetworkCells.Endpoints,
            ["endpointslices.discovery.k8s.io"] = NetworkCells.EndpointSlice,
            ["events"] = ClusterCells.Event,
            ["horizontalpodautoscalers.autoscaling"] = PolicyCells.Autoscaler,
            ["ingressclasses.networking.k8s.io"] = NetworkCells.IngressClass,
            ["ingresses.networking.k8s.io"] = NetworkCells.Ingress,
            ["jobs.batch"] = WorkloadCells.Job,
            ["leases.coordination.k8s.io"] = ClusterCells.Lease,
            ["limitranges"] = ClusterCells.Dated,
            ["namespaces"] = ClusterCells.Namespace,
            ["networkpolicies.networking.k8s.io"] = NetworkCells.NetworkPolicy,
            ["nodes"] = ClusterCells.Node,
            ["persistentvolumeclaims"] = ClusterCells.Claim,
            ["persistentvolumes"] = ClusterCells.Volume,
            ["poddisruptionbudgets.policy"] = PolicyCells.DisruptionBudget,
            ["pods"] = PodCells.Of,
            ["podtemplates"] = WorkloadCells.PodTemplate,
            ["priorityclasses.scheduling.k8s.io"] = ClusterCells.PriorityClass,
            ["replicasets.apps"] = WorkloadCells.ReplicaSet,
            ["replicationcontrollers"] = WorkloadCells.ReplicaSet,
            ["resourcequotas"] = PolicyCells.Quota,
            ["rolebindings.rbac.authorization.k8s.io"] = PolicyCells.RoleBinding,
            ["roles.rbac.authorization.k8s.io"] = ClusterCells.Dated,
            ["secrets"] = ClusterCells.Secret,
            ["services"] = NetworkCells.Service,
            ["statefulsets.apps"] = WorkloadCells.StatefulSet,
            ["storageclasses.storage.k8s.io"] = ClusterCells.StorageClass,
        }.ToFrozenDictionary();

    /// <param name="parts">For the clock, and the stored form of kinds that are shown in several.</param>
    /// <param name="resource">The kind of the objects.</param>
    /// <param name="objects">The objects, in order.</param>
    /// <param name="version">The version of the Table that is asked for.</param>
    /// <param name="include"><c>None</c>, <c>Metadata</c> or <c>Object</c>: what each row carries beside its cells.</param>
    /// <param name="resourceVersion">The version of the one object, or empty.</param>
    public static JsonObject Print(
        ServerParts parts, ResourceDefinition resource, IEnumerable<JsonObject> objects, string version, string include, string resourceVersion)
    {
        var now = parts.Time.GetUtcNow();
        var rows = new JsonArray([.. objects.Select(obj => Row(resource, obj, now, version, include))]);
        return Table(version, Columns.Of(resource), rows, resourceVersion.Length == 0 ? [] : new JsonObject { ["resourceVersion"] = resourceVersion });
    }

    public static JsonArray ColumnsOf(ResourceDefinition resource) => Columns.Of(resource);

    /// <summary>A Table without rows, that only tells how far a watch has come.</summary>
    public static JsonObject Bookmark(JsonObject metadata, string version, JsonArray? columns)
    {
        // The row carries the bookmark's metadata, where clients look for it.
        var row = new JsonObject
        {
            ["cells"] = new JsonArray(),
            ["object"] = new JsonObject
            {
                ["kind"] = "PartialObjectMetadata",
                ["apiVersion"] = $"meta.k8s.io/{version}",
                ["metadata"] = metadata.DeepClone(),
            },
        };
        return Table(version, columns, new JsonArray(row), new JsonObject { ["resourceVersion"] = metadata["resourceVersion"]?.DeepClone() });
    }

    private static JsonObject Table(string version, JsonArray? columns, JsonArray rows, JsonObject metadata) => new()
    {
        ["kind"] = "Table",
        ["apiVersion"] = $"meta.k8s.io/{version}",
        ["metadata"] = metadata,
        ["columnDefinitions"] = columns,
        ["rows"] = rows,
    };

    private static JsonObject Row(ResourceDefinition resource, JsonObject obj, DateTimeOffset now, string version, string include)
    {
        var cells = resource.CustomVersion is { } custom
            ? CustomCells.Of(obj, custom, now)
            : Rows.GetValueOrDefault(resource.Storage.GroupResource, ClusterCells.Named)(obj, now);
        var row = new JsonObject { ["cells"] = new JsonArray(cells) };
        if (resource is { Group: "", Kind: "Pod" } && PodCells.Conditions(obj) is { } conditions)
        {
            row["conditions"] = conditions;
        }

        row["object"] = include switch
        {
            "None" => null,
            "Object" => obj.DeepClone(),
            _ => Answers.Partial(obj, version),
        };
        return row;
    }
}
