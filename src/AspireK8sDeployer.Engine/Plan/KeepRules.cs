using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What is never deleted only because it is not asked for any more. Pure.</summary>
internal static class KeepRules
{
    /// <summary>By which the owner of an object keeps it: ours, and those of tools that it may have come from.</summary>
    private static readonly (string Annotation, string Value)[] Marks =
    [
        (Names.Domain + "/on-remove", "keep"),
        ("cli-utils.sigs.k8s.io/on-remove", "keep"),
        ("client.lifecycle.config.k8s.io/deletion", "detach"),
        ("helm.sh/resource-policy", "keep"),
    ];

    // With them goes what is in them, or of them.
    private static readonly string[] HoldingKinds = ["Namespace", "PersistentVolumeClaim", "PersistentVolume", "CustomResourceDefinition", "StorageClass"];

    /// <summary>Why it stays; null when it may go.</summary>
    public static string? Reason(ObjectId id, JsonObject? live) =>
        Mark(live) is { } mark ? $"It is kept: it is annotated {mark}."
        : HoldingKinds.Contains(id.Kind) ? "It is kept with what is in it: a deploy deletes no data."
        : null;

    /// <summary>The annotation that keeps an object, for example <c>aspire-k8s.dev/on-remove: keep</c>; null when there is none.</summary>
    public static string? Mark(JsonObject? live)
    {
        var annotations = live?["metadata"]?["annotations"];
        return Marks.Where(mark => (string?)annotations?[mark.Annotation] == mark.Value).Select(mark => $"{mark.Annotation}: {mark.Value}").FirstOrDefault();
    }

    public static bool IsClaim(ObjectId id) => id is { Kind: "PersistentVolumeClaim", ApiVersion: "v1" };
}
