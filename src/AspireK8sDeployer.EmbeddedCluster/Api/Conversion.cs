using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>Between the version in which an object is stored and the one that is asked for, where a kind has several.</summary>
internal static class Conversion
{
    public static JsonObject Read(StoredObject stored, ResourceDefinition asked)
    {
        var obj = stored.ToJsonObject();
        return stored.Resource == asked ? obj : To(obj, asked);
    }

    public static JsonObject Store(JsonObject obj, ResourceDefinition given) => given.StoredAs is { } storage ? To(obj, storage) : obj;

    private static JsonObject To(JsonObject obj, ResourceDefinition target)
    {
        obj["apiVersion"] = target.ApiVersion;
        return obj;
    }
}
