using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Admission;

/// <summary>What objects count for against a quota, by the quota's own names.</summary>
internal static class QuotaUsage
{
    private static readonly string[] Counted =
        ["pods", "services", "configmaps", "secrets", "persistentvolumeclaims", "resourcequotas", "replicationcontrollers"];

    private static readonly string[] Compute = ["cpu", "memory", "ephemeral-storage"];

    /// <summary>The kind that a name of a quota counts; null when it is none that is known.</summary>
    public static ResourceDefinition? KindOf(ResourceTable table, string name)
    {
        if (name.StartsWith("count/", StringComparison.Ordinal))
        {
            var groupResource = name["count/".Length..];
            return table.All.FirstOrDefault(row => row.GroupResource == groupResource && row.StoredAs is null);
        }

        var plural = name switch
        {
            _ when Counted.Contains(name) => name,
            "services.nodeports" or "services.loadbalancers" => "services",
            "requests.storage" => "persistentvolumeclaims",
            _ when Compute.Contains(Plain(name)) || name.StartsWith("requests.", StringComparison.Ordinal) => "pods",
            _ => null,
        };
        return plural is null ? null : table.Find("", "v1", plural);
    }

    /// <summary>What all objects of a kind in a namespace count for.</summary>
    public static Quantity Total(string name, ObjectStore store, ResourceDefinition kind, string ns)
    {
        var sum = Quantity.FromWhole(0);
        foreach (var stored in store.ShelfOf(kind).Objects.Values.Where(obj => obj.Namespace == ns))
        {
            sum += Of(name, stored.ToJsonObject());
        }

        return sum;
    }

    /// <summary>What one object counts for.</summary>
    public static Quantity Of(string name, JsonObject obj) => name switch
    {
        "services.nodeports" => Quantity.FromWhole(NodePorts(obj)),
        "services.loadbalancers" => Quantity.FromWhole(obj.Object("spec")?.TextOf("type") == "LoadBalancer" ? 1 : 0),
        "requests.storage" => Amount(obj.Object("spec")?.Object("resources"), "requests", "storage"),
        "pods" => Quantity.FromWhole(IsOver(obj) ? 0 : 1),
        _ when name.StartsWith("count/", StringComparison.Ordinal) || Counted.Contains(name) => Quantity.FromWhole(1),
        _ => IsOver(obj) ? Quantity.FromWhole(0) : Computed(name, obj),
    };

    /// <summary>Which containers leave out what the quota counts; empty when none does.</summary>
    public static IReadOnlyList<string> Silent(string name, JsonObject pod)
    {
        if (!Compute.Contains(Plain(name)))
        {
            return [];
        }

        var list = name.StartsWith("limits.", StringComparison.Ordinal) ? "limits" : "requests";
        var spec = pod.Object("spec") ?? [];
        return
        [
            .. spec.Objects("containers").Concat(spec.Objects("initContainers"))
                .Where(container => container.Object("resources")?.Object(list)?.Has(Plain(name)) != true)
                .Select(container => container.TextOf("name")),
        ];
    }

    // "limits.cpu", "requests.cpu" and plain "cpu", which is a request too.
    private static string Plain(string name) => name.StartsWith("limits.", StringComparison.Ordinal) ? name["limits.".Length..]
        : name.StartsWith("requests.", StringComparison.Ordinal) ? name["requests.".Length..] : name;

    private static bool IsOver(JsonObject pod) => pod.Object("status")?.TextOf("phase") is "Succeeded" or "Failed";

    private static long NodePorts(JsonObject service)
    {
        var spec = service.Object("spec") ?? [];
        return spec.TextOf("type") == "NodePort" || (spec.TextOf("type") == "LoadBalancer" && spec["allocateLoadBalancerNodePorts"].AsFlag() != false)
            ? spec.Objects("ports").Count()
            : 0;
    }

    private static Quantity Computed(string name, JsonObject pod)
    {
        var list = name.StartsWith("limits.", StringComparison.Ordinal) ? "limits" : "requests";
        var spec = pod.Object("spec") ?? [];
        var sum = Quantity.FromWhole(0);
        foreach (var container in spec.Objects("containers"))
        {
            sum += Amount(container.Object("resources"), list, Plain(name));
        }

        // One after the other, init containers need the most that one of them needs.
        foreach (var container in spec.Objects("initContainers"))
        {
            var amount = Amount(container.Object("resources"), list, Plain(name));
            sum = amount.CompareTo(sum) > 0 ? amount : sum;
        }

        return sum;
    }

    private static Quantity Amount(JsonObject? resources, string list, string name) =>
        resources?.Object(list)?.TextOf(name) is { Length: > 0 } text && Quantity.TryParse(text, out var amount) ? amount : Quantity.FromWhole(0);
}
