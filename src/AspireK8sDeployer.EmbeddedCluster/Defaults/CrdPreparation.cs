using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>The status of a CustomResourceDefinition says which versions may be in the store.</summary>
internal static class CrdPreparation
{
    public static void ForCreate(JsonObject obj)
    {
        var status = new JsonObject
        {
            ["conditions"] = null,
            ["acceptedNames"] = new JsonObject { ["plural"] = "", ["kind"] = "" },
        };
        status["storedVersions"] = StoredVersion(obj) is { } stored ? new JsonArray(stored) : null;
        obj["status"] = status;
    }

    public static void ForUpdate(JsonObject obj, JsonObject old)
    {
        var status = obj.ObjectOrNew("status");
        if (StoredVersion(obj) is { } stored && !status.TextsOf("storedVersions").Contains(stored))
        {
            status["storedVersions"] = new JsonArray([.. old.ObjectOrNew("status").TextsOf("storedVersions"), stored]);
        }
    }

    private static string? StoredVersion(JsonObject obj) =>
        obj.ObjectOrNew("spec").Objects("versions").FirstOrDefault(version => version.Flag("storage"))?.TextOf("name");
}
