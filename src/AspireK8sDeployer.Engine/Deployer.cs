using AspireK8sDeployer.Engine.Apply;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Delete;
using AspireK8sDeployer.Engine.Endpoint;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Wait;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine;

/// <summary>Carries a deploy through its stages.</summary>
internal sealed class Deployer(ClusterObjects cluster, RolloutStreams streams, DeploymentEngineOptions options)
{
    private const int MostPlans = 5;

    private readonly Planner _planner = new(cluster);
    private readonly Applier _applier = new(cluster);
    private readonly RolloutWaiter _waiter = new(cluster, streams, options.FailFast);

    public async Task<DeploymentResult> DeployAsync(DeploymentSettings settings, Action<string, string> report, CancellationToken cancellationToken)
    {
        var begun = cluster.Time.GetTimestamp();
        var plan = await PlanAndApplyAsync(settings, begun, report, cancellationToken).ConfigureAwait(false);
        using var endpoints = new EndpointResolver(cluster, options.AddressGrace);
        var service = plan.Public.HasChanges ? null : plan.Live.Objects.GetValueOrDefault(ObjectKind.Service.Id(settings.Namespace, settings.Name));
        var (endpoint, warnings) = await endpoints.ResolveAsync(
            EndpointTarget.Of(settings), service, message => report("endpoint", message), cancellationToken).ConfigureAwait(false);
        return new DeploymentResult(plan.Public, endpoint, [.. plan.Warnings, .. warnings]);
    }

    private async Task<PreparedPlan> PlanAndApplyAsync(DeploymentSettings settings, long begun, Action<string, string> report, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Looked at before the plan is made, the lock tells whether the plan still holds once the lock is ours.
            var seen = await new DeployLock(cluster).LookAsync(settings.Identity, cancellationToken).ConfigureAwait(false);
            var plan = await PlanAsync(settings, report, cancellationToken).ConfigureAwait(false);
            try
            {
                if (plan.Public.HasChanges || IsUnfinished(plan, seen))
                {
                    return await CarryOutAsync(plan, seen, settings, begun, report, cancellationToken).ConfigureAwait(false);
                }

                await WaitAsync(plan, settings, begun, report, cancellationToken).ConfigureAwait(false);
                return plan;
            }
            catch (ApiFailure failure) when ((failure.IsStale || failure.IsAlreadyThere || failure.IsFieldConflict) && attempt < MostPlans)
            {
                report("plan", $"{failure.Subject} has changed since the plan was made; plans again");
            }
        }
    }

    private async Task<PreparedPlan> PlanAsync(DeploymentSettings settings, Action<string, string> report, CancellationToken cancellationToken)
    {
        var plan = await _planner.PlanAsync(settings, cancellationToken).ConfigureAwait(false);
        report("plan", plan.Public.HasChanges ? plan.Public.ToText().TrimEnd() : PlanText.Counts(plan.Public));
        return plan;
    }

    // The last deploy may have been ended after its last change, but before it tidied up.
    private static bool IsUnfinished(PreparedPlan plan, SeenLock seen) => seen.State switch
    {
        LockState.Abandoned => true,
        LockState.Free => !plan.Live.Inventory.Objects.SequenceEqual(plan.InventoryAfter.Objects),
        _ => false,
    };

    private async Task<PreparedPlan> CarryOutAsync(
        PreparedPlan plan, SeenLock seen, DeploymentSettings settings, long begun, Action<string, string> report, CancellationToken cancellationToken)
    {
        void Applying(string message) => report("apply", message);
        await new NamespaceMaker(cluster).EnsureAsync(plan, Applying, cancellationToken).ConfigureAwait(false);
        var held = await new DeployLock(cluster).AcquireAsync(plan.Deployment, Applying, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            return await held.WhileHeldAsync(
                "apply",
                async token =>
                {
                    var current = IsCurrent(plan, seen, held) ? plan : await PlanAsync(settings, report, token).ConfigureAwait(false);
                    await ApplyAsync(current, settings, begun, report, token).ConfigureAwait(false);
                    return current;
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    // Where a deployment is, its lock is too: without one, only a plan that begins with nothing is certain.
    private static bool IsCurrent(PreparedPlan plan, SeenLock seen, HeldLock held) =>
        plan.Live.NamespaceIsTerminating
        || (seen.IsSameAndFree(held.Before) && (seen.IsThere || plan.Live.Inventory.ResourceVersion is null));

    private async Task ApplyAsync(PreparedPlan plan, DeploymentSettings settings, long begun, Action<string, string> report, CancellationToken cancellationToken)
    {
        void Applying(string message) => report("apply", message);
        var store = new InventoryStore(cluster);
        var saved = await store.SaveAsync(plan.Live.Inventory, plan.InventoryDuring, cancellationToken).ConfigureAwait(false);
        await _applier.ApplyAsync(plan, new Deadline(cluster.Time, Remaining(settings, begun)), Applying, cancellationToken).ConfigureAwait(false);
        await _waiter.WaitAsync(settings, Remaining(settings, begun), message => report("wait", message), cancellationToken).ConfigureAwait(false);
        var kept = await new Pruner(cluster).PruneAsync(plan, Applying, cancellationToken).ConfigureAwait(false);
        await store.SaveAsync(saved, (plan with { Kept = kept }).InventoryAfter, cancellationToken).ConfigureAwait(false);
    }

    // Nothing to apply; but the last deploy may have been ended before what it applied was ready.
    private async Task WaitAsync(PreparedPlan plan, DeploymentSettings settings, long begun, Action<string, string> report, CancellationToken cancellationToken)
    {
        var live = plan.Live.Objects[ObjectKind.Deployment.Id(settings.Namespace, settings.Name)];
        if (!DeploymentReadiness.Of(KubernetesJson.Deserialize<V1Deployment>(live.ToJsonString())).IsReady)
        {
            await _waiter.WaitAsync(settings, Remaining(settings, begun), message => report("wait", message), cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Remaining(DeploymentSettings settings, long begun) => settings.DeployTimeout - cluster.Time.GetElapsedTime(begun);
}
