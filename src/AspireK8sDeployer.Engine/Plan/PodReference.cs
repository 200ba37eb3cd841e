using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Something that pods take variables or files from.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Key">The key that is needed of it, if one is.</param>
/// <param name="For">What refers to it.</param>
/// <param name="IsOptional">Whether pods start without it.</param>
internal sealed record PodReference(ObjectKind Kind, string Name, string? Key, string For, bool IsOptional)
{
    /// <summary>What a pod cannot start without.</summary>
    public static IEnumerable<PodReference> Of(JsonObject pod) => All(pod).Where(reference => !reference.IsOptional);

    /// <summary>All that the containers and volumes of a pod's specification refer to.</summary>
    public static IEnumerable<PodReference> All(JsonObject pod) =>
        PodTree.Containers(pod).SelectMany(OfContainer).Concat(pod.Objects("volumes").SelectMany(OfVolume)).Distinct();

    private static IEnumerable<PodReference> OfContainer(JsonObject container)
    {
        foreach (var variable in container.Objects("env"))
        {
            var (source, what) = (variable["valueFrom"] as JsonObject ?? [], $"variable {variable.Text("name")}");
            foreach (var reference in Of(source["configMapKeyRef"], ObjectKind.ConfigMap, "name", what).Concat(Of(source["secretKeyRef"], ObjectKind.Secret, "name", what)))
            {
                yield return reference;
            }
        }

        foreach (var source in container.Objects("envFrom"))
        {
            const string what = "the variables";
            foreach (var reference in Of(source["configMapRef"], ObjectKind.ConfigMap, "name", what).Concat(Of(source["secretRef"], ObjectKind.Secret, "name", what)))
            {
                yield return reference;
            }
        }
    }

    private static IEnumerable<PodReference> OfVolume(JsonObject volume)
    {
        var what = $"volume {volume.Text("name")}";
        var projected = (volume["projected"] as JsonObject)?.Objects("sources") ?? [];
        return Of(volume["configMap"], ObjectKind.ConfigMap, "name", what)
            .Concat(Of(volume["secret"], ObjectKind.Secret, "secretName", what))
            .Concat(Of(volume["persistentVolumeClaim"], ObjectKind.Claim, "claimName", what))
            .Concat(projected.SelectMany(source => Of(source["configMap"], ObjectKind.ConfigMap, "name", what).Concat(Of(source["secret"], ObjectKind.Secret, "name", what))));
    }

    private static IEnumerable<PodReference> Of(JsonNode? source, ObjectKind kind, string nameField, string what) =>
        source is JsonObject reference && reference.Text(nameField) is { Length: > 0 } name
            ? [new PodReference(kind, name, reference.Text("key"), what, (bool?)reference["optional"] == true)]
            : [];
}
