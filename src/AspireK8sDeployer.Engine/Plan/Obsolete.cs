using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>What becomes of the objects that are not asked for any more.</summary>
/// <param name="Removed">Those that are deleted: listed in the inventory, live with our labels, still the same, and of no use to anything.</param>
/// <param name="Kept">Those that stay, and stay listed.</param>
/// <param name="Warnings">What the user should know of the others.</param>
internal sealed record Obsolete(IReadOnlyList<PlannedObject> Removed, IReadOnlyList<ObjectId> Kept, IReadOnlyList<string> Warnings)
{
    private const int AlwaysRemovable = 10;
    private const double RemovableShare = 0.25;

    public static async Task<Obsolete> FindAsync(
        ClusterObjects cluster, DeploymentIdentity deployment, LiveObjects live, DesiredObjects wanted, CancellationToken cancellationToken)
    {
        var desired = wanted.Manifest.Objects.Select(item => item.Id).ToHashSet();
        // What is on its way out needs nobody.
        var there = Sorted(live.Objects.Where(item => !desired.Contains(item.Key) && item.Value["metadata"]?["deletionTimestamp"] is null).Select(item => item.Key));
        // Labels are copied with objects; only what is in the inventory besides was certainly made by a deploy.
        var listed = there.Where(id => live.Inventory.Objects.Contains(id) && !live.Inventory.IsAnother(id, live.Objects[id])).ToList();
        var kept = await new KeptObjects(cluster).AmongAsync(deployment, listed, live, live.Releases, cancellationToken).ConfigureAwait(false);
        var unseen = Sorted(live.Unseen.Where(id => !desired.Contains(id)));
        var gone = Sorted(live.Inventory.Objects.Where(id => !desired.Contains(id) && !live.Objects.ContainsKey(id)).Except(unseen));
        var removed = listed.Except(kept).Select(id => Planner.Removal(id, live.Objects[id])).ToList();
        CheckLimit(deployment, live, wanted.Settings, removed);
        return new Obsolete(
            removed,
            [.. kept, .. unseen],
            [
                .. kept.Select(id => (Id: id, Reason: KeepRules.Reason(id, live.Objects[id]))).Where(item => item.Reason is not null).Select(item => $"{item.Id} is not asked for any more. {item.Reason}"),
                .. unseen.Select(id => $"{id} is not asked for any more, but its kind cannot be looked at now: it is left for the next deploy."),
                .. there.Except(listed).Select(id => live.Inventory.Objects.Contains(id)
                    ? $"{id} is not the one that was deployed: somebody made it again. It is left alone."
                    : $"{id} carries our labels, but no deploy made it: it is left alone"),
                .. gone.Select(id => $"{id} was deployed, and is gone or not ours any more: it is not looked after from now on."),
            ]);
    }

    // A deploy that would take most of it away is rarely meant. What only older revisions needed does not count.
    private static void CheckLimit(DeploymentIdentity deployment, LiveObjects live, DeploymentSettings settings, List<PlannedObject> removed)
    {
        var counted = removed.Where(item => (bool?)item.Live?["immutable"] != true).ToList();
        var most = settings.PruneLimit ?? Math.Max(AlwaysRemovable, (int)Math.Ceiling(live.Inventory.Objects.Count * RemovableShare));
        if (counted.Count > most)
        {
            throw new DeploymentException(
                "K8SD227", "plan",
                $"{counted.Count} of the {live.Inventory.Objects.Count} objects of {deployment.Namespace}/{deployment.Name} would be deleted, more than the {most} that may be: {string.Join(", ", counted.Take(AlwaysRemovable).Select(item => item.Id))}{(counted.Count > AlwaysRemovable ? ", …" : "")}",
                $"see that nothing is missing from the AppHost; if it is meant, allow it with .WithPruneLimit({counted.Count})")
            {
                Reason = "PRUNE_LIMIT",
            };
        }
    }

    private static List<ObjectId> Sorted(IEnumerable<ObjectId> ids) => [.. ids.OrderBy(id => id.ToString(), StringComparer.Ordinal)];
}
