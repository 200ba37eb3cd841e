using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Apply;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Delete;
using AspireK8sDeployer.Engine.Endpoint;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Releases;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Wait;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine;

/// <summary>Carries a deploy, or a roll back, through its stages.</summary>
internal sealed class Deployer(ClusterObjects cluster, RolloutStreams streams, DeploymentEngineOptions options, Action<string, string> report)
{
    private const int MostPlans = 5;

    private readonly Planner _planner = new(cluster, PlanPolicy.Of(options));
    private readonly RolloutWaiter _waiter = new(cluster, streams, options.FailFast);

    /// <summary>The plan that somebody agreed to; null when nobody was asked.</summary>
    public DeploymentPlan? Reviewed { get; init; }

    public Task<DeploymentResult> DeployAsync(DeploymentSettings settings, CancellationToken cancellationToken) => DeployAsync(
        new DeployOrder(new SettingsState(settings), settings.DeployTimeout) { RollsBackOnFailure = settings.RollbackOnFailure }, cancellationToken);

    public async Task<DeploymentResult> DeployAsync(DeployOrder order, CancellationToken cancellationToken)
    {
        var plan = await PlanAndApplyAsync(order, new Deadline(cluster.Time, order.Timeout), cancellationToken).ConfigureAwait(false);
        var settings = plan.Wanted!.Settings;
        JsonObject? AsBefore(ObjectId id) => plan.Public.Changes.Any(change => change.Id == id && change.Kind == ChangeKind.Unchanged)
            ? plan.Live.Objects.GetValueOrDefault(id)
            : null;
        using var endpoints = new EndpointResolver(cluster, options.AddressGrace)
        {
            // While pods were waited for, its address may have come.
            KnownIngress = plan.Public.HasChanges ? null : AsBefore(ObjectKind.Ingress.Id(settings.Namespace, settings.Name)),
        };
        var target = EndpointTarget.Of(settings) with { IsNew = plan.Public.HasChanges };
        var (endpoint, warnings) = await endpoints.ResolveAsync(
            target, AsBefore(ObjectKind.Service.Id(settings.Namespace, settings.Name)), message => report("endpoint", message), cancellationToken).ConfigureAwait(false);
        var ofKey = await new KeyTrial(cluster).WarningAsync(settings, endpoint, cancellationToken).ConfigureAwait(false);
        return new DeploymentResult(plan.Public, endpoint, [.. plan.Warnings, .. warnings, .. ofKey is null ? [] : new[] { ofKey }]);
    }

    private async Task<PreparedPlan> PlanAndApplyAsync(DeployOrder order, Deadline deadline, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Looked at before the plan is made, the lock tells whether the plan still holds once the lock is ours.
            var seen = await new DeployLock(cluster).LookAsync(order.State.Deployment, cancellationToken).ConfigureAwait(false);
            var plan = await PlanAsync(order, cancellationToken).ConfigureAwait(false);
            try
            {
                if (plan.Public.HasChanges || IsUnfinished(plan, seen))
                {
                    return await CarryOutAsync(plan, seen, order, deadline, cancellationToken).ConfigureAwait(false);
                }

                return await WaitAsync(plan, deadline, cancellationToken).ConfigureAwait(false);
            }
            catch (ApiFailure failure) when ((failure.IsStale || failure.IsAlreadyThere || failure.IsFieldConflict) && attempt < MostPlans)
            {
                report("plan", $"{failure.Subject} has changed since the plan was made; plans again");
            }
        }
    }

    private async Task<PreparedPlan> PlanAsync(DeployOrder order, CancellationToken cancellationToken)
    {
        var plan = await _planner.PlanAsync(order.State, cancellationToken).ConfigureAwait(false);
        report("plan", plan.Public.HasChanges ? plan.Public.ToText().TrimEnd() : PlanText.Counts(plan.Public));
        if (plan.Public.ToException() is { } refusal)
        {
            throw refusal;
        }

        PlanReview.Check(Reviewed, plan.Public);
        return plan with { IsReviewed = Reviewed is not null };
    }

    // The last deploy may have been ended after its last change, but before it was noted as done, or had tidied up.
    private static bool IsUnfinished(PreparedPlan plan, SeenLock seen) => seen.State switch
    {
        LockState.Abandoned => true,
        LockState.Free => ReleaseStore.IsUnfinished(plan) || !plan.Live.Inventory.Objects.SequenceEqual(plan.InventoryAfter.Objects),
        _ => false,
    };

    private async Task<PreparedPlan> CarryOutAsync(PreparedPlan plan, SeenLock seen, DeployOrder order, Deadline deadline, CancellationToken cancellationToken)
    {
        void Applying(string message) => report("apply", message);
        await new NamespaceMaker(cluster).EnsureAsync(plan, Applying, cancellationToken).ConfigureAwait(false);
        var held = await new DeployLock(cluster).AcquireAsync(plan.Deployment, plan.Live.NamespaceIsTerminating ? null : seen, Applying, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            return await held.WhileHeldAsync(
                "apply",
                async token =>
                {
                    var current = IsCurrent(plan, seen, held) ? plan : await PlanAsync(order, token).ConfigureAwait(false);
                    var warnings = await new Rollout(cluster, _waiter, report) { Policy = PlanPolicy.Of(options) }.CarryOutAsync(current, order, deadline, token).ConfigureAwait(false);
                    return current with { Warnings = [.. current.Warnings, .. warnings] };
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    // Where a deployment is, its lock is too: without one, only a plan that begins with nothing is certain.
    private static bool IsCurrent(PreparedPlan plan, SeenLock seen, HeldLock held) =>
        plan.Live.NamespaceIsTerminating
        || (seen.IsSameAndFree(held.Before) && (seen.IsThere || plan.Live.Inventory.ResourceVersion is null));

    // Nothing to apply; but the last deploy may have been ended before what it applied was ready.
    private async Task<PreparedPlan> WaitAsync(PreparedPlan plan, Deadline deadline, CancellationToken cancellationToken)
    {
        var live = plan.Live.Objects[ObjectKind.Deployment.Id(plan.Deployment.Namespace, plan.Deployment.Name)];
        if (DeploymentReadiness.Of(KubernetesJson.Deserialize<V1Deployment>(live.ToJsonString())).IsReady)
        {
            return plan;
        }

        var warnings = await _waiter.WaitAsync(plan.Wanted!.Settings, AppliedObject.Of(live), deadline.Left, message => report("wait", message), cancellationToken).ConfigureAwait(false);
        return plan with { Warnings = [.. plan.Warnings, .. warnings] };
    }
}
