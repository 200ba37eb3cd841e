using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Auth;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>Makes what every cluster has from its first moment; what is there already stays as it is.</summary>
internal static class Bootstrap
{
    private const string Manager = "kube-apiserver";

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
        }

        // A watch can begin here: earlier versions are gone, as they are in a server that has been running for a while.
        parts.Store.ForgetHistory();
    }

    private static void Ensure(ServerParts parts, string apiVersion, string kind, JsonObject obj)
    {
        var resource = parts.Table.Kind(apiVersion, kind);
        var metadata = obj.MetadataOf();
        if (parts.Store.Get(resource, metadata.Text("namespace"), metadata.Text("name")) is null)
        {
            parts.Api.Create(resource, obj, Manager);
        }
    }
}
