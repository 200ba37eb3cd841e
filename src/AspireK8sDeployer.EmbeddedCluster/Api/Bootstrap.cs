using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Auth;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>
/// Makes what every cluster has from its first moment. What is there already stays as it is, but for the default roles: they
/// get what this version adds to them, unless they say that they must not.
/// </summary>
internal static class Bootstrap
{
    private const string Manager = "kube-apiserver";
    private const string AutoUpdate = "rbac.authorization.kubernetes.io/autoupdate";

    private static readonly string[] Namespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    public static void Run(ServerParts parts)
    {
        foreach (var name in Namespaces)
        {
            Ensure(parts, "v1", "Namespace", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } });
        }

        foreach (var (kind, obj) in DefaultRoles.All())
        {
            Ensure(parts, "rbac.authorization.k8s.io/v1", kind, obj);
            Complete(parts, parts.Table.Kind("rbac.authorization.k8s.io/v1", kind), obj);
        }

        Ensure(parts, "scheduling.k8s.io/v1", "PriorityClass", PriorityClass("system-cluster-critical", 2_000_000_000, "cluster"));
        Ensure(parts, "scheduling.k8s.io/v1", "PriorityClass", PriorityClass("system-node-critical", 2_000_001_000, "node"));

        // A watch can begin here: earlier versions are gone, as they are in a server that has been running for a while.
        parts.Store.ForgetHistory();
    }

    private static JsonObject PriorityClass(string name, long value, string whose) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = name },
        ["value"] = value,
        ["preemptionPolicy"] = "PreemptLowerPriority",
        ["description"] = $"For pods without which the {whose} does not work.",
    };

    private static void Ensure(ServerParts parts, string apiVersion, string kind, JsonObject obj)
    {
        var resource = parts.Table.Kind(apiVersion, kind);
        var metadata = obj.MetadataOf();
        if (parts.Store.Get(resource, metadata.Text("namespace"), metadata.Text("name")) is null)
        {
            parts.Api.Create(resource, obj, Manager);
        }
    }

    /// <summary>Only adds: what somebody has granted besides stays granted.</summary>
    private static void Complete(ServerParts parts, ResourceDefinition resource, JsonObject wanted)
    {
        var role = parts.Store.Get(resource, "", wanted.MetadataOf().Text("name"))!.ToJsonObject();
        if (role.MetadataOf()["annotations"] is not JsonObject annotations || annotations.Text(AutoUpdate) != "true")
        {
            return;
        }

        var added = false;
        foreach (var field in (string[])["rules", "subjects"])
        {
            var present = role[field] as JsonArray ?? [];
            var missing = (wanted[field] as JsonArray ?? []).Where(entry => !present.Any(other => JsonNode.DeepEquals(entry, other))).ToArray();
            if (missing.Length > 0)
            {
                role[field] = new JsonArray([.. present.Concat(missing).Select(entry => entry?.DeepClone())]);
                added = true;
            }
        }

        if (added)
        {
            parts.Api.Update(resource, role, Manager);
        }
    }
}
