using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Refuses to touch what can never become ours: another AppHost's objects, and an inventory that we did not make.</summary>
internal static class OwnershipGuard
{
    /// <summary>Checks everything: for a delete, which adopts nothing.</summary>
    public static void Check(DeploymentIdentity deployment, LiveObjects live)
    {
        foreach (var (id, item) in live.Objects)
        {
            CheckObject(deployment, id, item);
        }

        CheckInventory(deployment, live);
    }

    /// <summary>Checks that nothing with the deployment's labels is another AppHost's.</summary>
    public static void CheckApplications(DeploymentIdentity deployment, LiveObjects live)
    {
        foreach (var (id, item) in live.Objects)
        {
            if (item["metadata"]?["labels"] is JsonObject labels
                && (string?)labels[Names.ManagedByLabel] == Names.FieldManager && (string?)labels[Names.DeploymentLabel] == deployment.Name && labels[Names.PartOfLabel] is not null)
            {
                CheckApplication(deployment, id, labels);
            }
        }
    }

    /// <summary>Checks what tells which objects are ours.</summary>
    public static void CheckInventory(DeploymentIdentity deployment, LiveObjects live)
    {
        if (live.InventorySecret is { } secret)
        {
            CheckObject(deployment, Inventory.IdOf(deployment), secret);
        }
    }

    /// <summary>Refuses an object with the labels of another AppHost's deployment.</summary>
    public static void CheckApplication(DeploymentIdentity deployment, ObjectId id, JsonObject labels)
    {
        if ((string?)labels[Names.PartOfLabel] is var application && application != deployment.Application)
        {
            throw new DeploymentException(
                "K8SD221", "plan", $"{id} belongs to the application '{application}', this is '{deployment.Application}'",
                "deploy under another name or namespace (.WithNamespace(\"…\")), or destroy it from that application first");
        }
    }

    private static void CheckObject(DeploymentIdentity deployment, ObjectId id, JsonObject item)
    {
        var labels = item["metadata"]?["labels"] as JsonObject ?? [];
        if ((string?)labels[Names.ManagedByLabel] != Names.FieldManager || (string?)labels[Names.DeploymentLabel] != deployment.Name)
        {
            throw PlanBlocker.ToException([Adoption.Refuse(id, item)])!;
        }

        CheckApplication(deployment, id, labels);
    }
}
