using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>A new namespace is active, and waits for its contents to be deleted when it is.</summary>
internal static class NamespacePreparation
{
    private const string Finalizer = "kubernetes";

    public static void ForCreate(JsonObject obj)
    {
        obj["status"] = new JsonObject { ["phase"] = "Active" };
        var spec = obj.ObjectOrNew("spec");
        var finalizers = spec.TextsOf("finalizers").ToList();
        if (!finalizers.Contains(Finalizer))
        {
            finalizers.Add(Finalizer);
            spec["finalizers"] = new JsonArray([.. finalizers]);
        }

        var metadata = obj.ObjectOrNew("metadata");
        metadata.ObjectOrNew("labels")["kubernetes.io/metadata.name"] = metadata.TextOf("name");
    }
}
