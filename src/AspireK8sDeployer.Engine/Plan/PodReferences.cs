using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>The Secrets and ConfigMaps that a pod cannot start without. Pure.</summary>
internal static class PodReferences
{
    private static readonly string Secret = ObjectKind.Secret.Kind;
    private static readonly string ConfigMap = ObjectKind.ConfigMap.Kind;

    public static IEnumerable<(string Kind, string Name)> In(JsonObject pod)
    {
        var containers = Items(pod["containers"]).Concat(Items(pod["initContainers"])).ToList();
        var volumes = Items(pod["volumes"]).ToList();
        var projected = volumes.SelectMany(volume => Items(volume["projected"]?["sources"])).ToList();
        IEnumerable<(string Kind, JsonNode? Name)> names =
        [
            .. Items(pod["imagePullSecrets"]).Select(item => (Secret, item["name"])),
            .. containers.SelectMany(container => Items(container["env"])).Select(item => item["valueFrom"])
                .SelectMany(source => new[] { (Secret, source?["secretKeyRef"]?["name"]), (ConfigMap, source?["configMapKeyRef"]?["name"]) }),
            .. containers.SelectMany(container => Items(container["envFrom"]))
                .SelectMany(source => new[] { (Secret, source["secretRef"]?["name"]), (ConfigMap, source["configMapRef"]?["name"]) }),
            .. volumes.SelectMany(volume => new[] { (Secret, volume["secret"]?["secretName"]), (ConfigMap, volume["configMap"]?["name"]) }),
            .. projected.SelectMany(source => new[] { (Secret, source["secret"]?["name"]), (ConfigMap, source["configMap"]?["name"]) }),
        ];
        return names.Where(item => item.Name is JsonValue).Select(item => (item.Kind, item.Name!.ToString()));
    }

    private static IEnumerable<JsonObject> Items(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();
}
