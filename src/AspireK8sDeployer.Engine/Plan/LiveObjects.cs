using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Releases;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What the cluster has of a deployment before anything is done.</summary>
internal sealed record LiveObjects
{
    /// <summary>The namespace; null when there is none.</summary>
    public required JsonObject? Namespace { get; init; }

    /// <summary>Objects that carry the deployment's label, or have the name of one that is desired.</summary>
    public required IReadOnlyDictionary<ObjectId, JsonObject> Objects { get; init; }

    /// <summary>The Secret with the inventory's name, whoever made it.</summary>
    public JsonObject? InventorySecret { get; init; }

    /// <summary>The inventory, or a new one when there is none.</summary>
    public required Inventory Inventory { get; init; }

    /// <summary>What earlier deploys recorded, by revision.</summary>
    public IReadOnlyList<Release> Releases { get; init; } = [];

    public Release? LatestRelease => Releases is [.., var latest] ? latest : null;

    /// <summary>Objects of the inventory whose kinds cannot be looked at: nobody knows whether they are there.</summary>
    public IReadOnlyList<ObjectId> Unseen { get; init; } = [];

    public bool HasNamespace => Namespace is not null;

    public bool NamespaceIsTerminating => (string?)Namespace?["status"]?["phase"] == "Terminating" || Namespace?["metadata"]?["deletionTimestamp"] is not null;
}
