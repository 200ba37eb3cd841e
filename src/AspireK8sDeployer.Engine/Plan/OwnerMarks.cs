using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>How other tools and controllers mark what they manage. Pure.</summary>
internal static class OwnerMarks
{
    private static readonly (string Place, string Key, string Tool)[] Marks =
    [
        ("annotations", "meta.helm.sh/release-name", "Helm release"),
        ("labels", "kustomize.toolkit.fluxcd.io/name", "Flux kustomization"),
        ("labels", "helm.toolkit.fluxcd.io/name", "Flux Helm release"),
        ("labels", "argocd.argoproj.io/instance", "Argo CD application"),
        ("annotations", "argocd.argoproj.io/tracking-id", "Argo CD application"),
        ("labels", "kapp.k14s.io/app", "kapp app"),
        ("annotations", "config.k8s.io/owning-inventory", "kpt inventory"),
        ("labels", "applyset.kubernetes.io/part-of", "kubectl apply set"),
    ];

    /// <summary>The tool or controller that manages it, for example <c>Helm release 'web'</c>; null when none says so.</summary>
    public static string? Of(JsonObject live)
    {
        var metadata = live["metadata"];
        foreach (var (place, key, tool) in Marks)
        {
            if ((string?)metadata?[place]?[key] is { } name)
            {
                return $"{tool} '{name}'";
            }
        }

        if ((metadata?["ownerReferences"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(owner => (bool?)owner["controller"] == true) is { } controller)
        {
            return $"{controller["kind"]} '{controller["name"]}'";
        }

        return (string?)metadata?["labels"]?[Names.ManagedByLabel] is { Length: > 0 } manager && manager != Names.FieldManager ? $"'{manager}'" : null;
    }

    /// <summary>Who wrote it, for example <c>it was written by "kubectl"</c>.</summary>
    public static string Writers(JsonObject live)
    {
        var managers = (live["metadata"]?["managedFields"] as JsonArray ?? []).Select(entry => (string?)entry?["manager"]).OfType<string>().Distinct().ToList();
        return managers.Count == 0 ? "it does not carry our labels" : $"it was written by {string.Join(", ", managers.Select(manager => $"\"{manager}\""))}";
    }
}
