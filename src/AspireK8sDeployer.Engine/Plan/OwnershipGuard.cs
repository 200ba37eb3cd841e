using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Refuses to touch what is not ours: another AppHost's objects, and those that we never made.</summary>
internal static class OwnershipGuard
{
    // How other tools mark what they manage: the place, the key, and the tool.
    private static readonly (string Place, string Key, string Tool)[] Marks =
    [
        ("annotations", "meta.helm.sh/release-name", "Helm release"),
        ("labels", "kustomize.toolkit.fluxcd.io/name", "Flux kustomization"),
        ("labels", "argocd.argoproj.io/instance", "Argo CD application"),
        ("labels", "kapp.k14s.io/app", "kapp app"),
        ("annotations", "config.k8s.io/owning-inventory", "kpt inventory"),
    ];

    public static void Check(DeploymentIdentity deployment, LiveObjects live)
    {
        foreach (var (id, item) in live.Objects)
        {
            CheckObject(deployment, id, item);
        }

        if (live.InventorySecret is { } secret)
        {
            CheckObject(deployment, Inventory.IdOf(deployment), secret);
        }
    }

    private static void CheckObject(DeploymentIdentity deployment, ObjectId id, JsonObject item)
    {
        var labels = item["metadata"]?["labels"] as JsonObject ?? [];
        if ((string?)labels[Names.ManagedByLabel] != Names.FieldManager || (string?)labels[Names.DeploymentLabel] != deployment.Name)
        {
            throw new DeploymentException(
                "K8SD220", "plan", $"{id} exists and is not ours: {Owner(item)}",
                "deploy under another name or namespace (.WithNamespace(\"…\")), or remove it with kubectl");
        }

        if ((string?)labels[Names.PartOfLabel] is var application && application != deployment.Application)
        {
            throw new DeploymentException(
                "K8SD221", "plan", $"{id} belongs to the application '{application}', this is '{deployment.Application}'",
                "deploy under another name or namespace (.WithNamespace(\"…\")), or destroy it from that application first");
        }
    }

    private static string Owner(JsonObject item)
    {
        foreach (var (place, key, tool) in Marks)
        {
            if ((string?)item["metadata"]?[place]?[key] is { } name)
            {
                return $"{tool} '{name}' manages it";
            }
        }

        var managers = (item["metadata"]?["managedFields"] as JsonArray ?? []).Select(entry => (string?)entry?["manager"]).OfType<string>().Distinct().ToList();
        return managers.Count == 0 ? "it does not carry our labels" : $"it was written by {string.Join(", ", managers.Select(manager => $"\"{manager}\""))}";
    }
}
