using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Apply;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Releases;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Delete;

/// <summary>
/// A plan with nothing desired, carried out: wave by wave, each to its end, the inventory last, so that a delete that was
/// killed goes on where it stopped.
/// </summary>
internal sealed class Deleter(ClusterObjects cluster, TimeSpan patience, DeletionOptions options)
{
    private readonly LiveReader _reader = new(cluster);
    private readonly DeletionWait _wait = DeletionWait.OfDelete(cluster);
    private readonly ReleaseStore _releases = new(cluster);
    private readonly NamespaceRemover _namespace = new(cluster);

    public async Task<DeletionResult> DeleteAsync(DeploymentIdentity deployment, Action<string, string> report, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(cluster.Time, patience);
        var seen = await new DeployLock(cluster).LookAsync(deployment, cancellationToken).ConfigureAwait(false);
        var plan = await PlanAsync(deployment, cancellationToken).ConfigureAwait(false);
        var live = plan.Live;
        // In a namespace that is on its way out everything goes with it, and nothing can be locked any more.
        if (live.HasNamespace && !live.NamespaceIsTerminating && (plan.Objects.Count > 0 || live.Inventory.Uid is not null || live.Releases.Count > 0 || seen.IsOf(deployment)))
        {
            plan = await RemoveAsync(plan, seen, deadline, message => report("delete", message), cancellationToken).ConfigureAwait(false);
        }

        var (removed, warning) = live.HasNamespace
            ? await _namespace.RemoveAsync(live.Namespace!, deadline, message => report("delete", message), cancellationToken).ConfigureAwait(false)
            : (false, null);
        return new DeletionResult(plan.Public, removed, [.. plan.Warnings, .. warning is null ? (string[])[] : [warning]]);
    }

    private async Task<PreparedPlan> PlanAsync(DeploymentIdentity deployment, CancellationToken cancellationToken)
    {
        var live = await _reader.ReadAsync(deployment, cancellationToken).ConfigureAwait(false);
        OwnershipGuard.Check(deployment, live);
        return Plan(deployment, live);
    }

    private PreparedPlan Plan(DeploymentIdentity deployment, LiveObjects live)
    {
        var ours = live.Objects.Where(item => IsOurs(item.Key, item.Value, live.Inventory)).OrderBy(item => item.Key.ToString(), StringComparer.Ordinal).ToList();
        return new PreparedPlan
        {
            Deployment = deployment,
            Server = cluster.Server.ToString(),
            Objects = [.. ours.Where(item => WhyKept(item.Key, item.Value) is null).Select(item => Planner.Removal(item.Key, item.Value))],
            Kept = [.. ours.Where(item => WhyKept(item.Key, item.Value) is not null).Select(item => item.Key)],
            Live = live,
            Warnings = [.. ours.Select(item => (item.Key, Why: WhyKept(item.Key, item.Value))).Where(item => item.Why is not null).Select(item => $"{item.Key} {item.Why}")],
        };
    }

    private string? WhyKept(ObjectId id, JsonObject live) =>
        KeepRules.Mark(live) is { } mark ? $"is kept: it is annotated {mark}"
        : KeepRules.IsClaim(id) && !options.DeleteData ? "is kept with what is in it: data goes only when it is told to (Destroy:DeleteData=true)"
        : null;

    // Labels are copied with objects; where the inventory is lost, what the server keeps of our apply is not.
    private static bool IsOurs(ObjectId id, JsonObject live, Inventory inventory) =>
        inventory.Uid is null ? AppliedFields.Of(live) is not null : inventory.Objects.Contains(id) && !inventory.IsAnother(id, live);

    private async Task<PreparedPlan> RemoveAsync(PreparedPlan plan, SeenLock seen, Deadline deadline, Action<string> report, CancellationToken cancellationToken)
    {
        var held = await new DeployLock(cluster).AcquireAsync(plan.Deployment, report, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            return await held.WhileHeldAsync(
                "delete",
                async token =>
                {
                    var current = seen.IsThere && seen.IsSameAndFree(held.Before) ? plan : await PlanAsync(plan.Deployment, token).ConfigureAwait(false);
                    await RemoveAsync(current, deadline, report, token).ConfigureAwait(false);
                    // Last: as long as it is there, an ended delete is seen and goes on.
                    await held.DeleteAsync(token).ConfigureAwait(false);
                    return current;
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RemoveAsync(PreparedPlan plan, Deadline deadline, Action<string> report, CancellationToken cancellationToken)
    {
        foreach (var wave in Waves.ToDelete(plan.Objects))
        {
            await Task.WhenAll(wave.Select(item => RemoveAsync(item, deadline, report, cancellationToken))).ConfigureAwait(false);
        }

        // Last, the oldest first, and what tells that there is something at the very end: an ended delete is seen and goes on.
        foreach (var release in plan.Live.Releases)
        {
            await _releases.DeleteAsync(release, cancellationToken).ConfigureAwait(false);
        }

        if (plan.Live.Inventory is { Uid: { } uid } inventory)
        {
            await cluster.DeleteAsync(inventory.Id, uid, foreground: false, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RemoveAsync(PlannedObject item, Deadline deadline, Action<string> report, CancellationToken cancellationToken)
    {
        // The Deployment goes after its pods, so that its end is theirs; KEDA's object after the autoscaler that was made for it.
        var foreground = item.Id.Kind == ObjectKind.Deployment.Kind || item.Id.Kind == ObjectKind.ScaledObject.Kind;
        if (await cluster.DeleteAsync(item.Id, item.Uid!, foreground, cancellationToken).ConfigureAwait(false))
        {
            await _wait.UntilGoneAsync(item.Id, item.Uid!, deadline, report, cancellationToken).ConfigureAwait(false);
            report($"{item.Id} deleted");
        }
    }
}
