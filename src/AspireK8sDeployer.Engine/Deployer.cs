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
internal sealed class Deployer(ClusterObjects cluster, DeploymentEngineOptions options)
{
    private const int MostPlans = 5;

    private readonly Planner _planner = new(cluster);
    private readonly Applier _applier = new(cluster);
    private readonly RolloutWaiter _waiter = new(cluster, options.FailFast);

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
            var plan = await _planner.PlanAsync(settings, cancellationToken).ConfigureAwait(false);
            report("plan", plan.Public.HasChanges ? plan.Public.ToText().TrimEnd() : PlanText.Counts(plan.Public));
            try
            {
                await (plan.Public.HasChanges || await IsUnfinishedAsync(plan, cancellationToken).ConfigureAwait(false)
                    ? CarryOutAsync(plan, settings, begun, report, cancellationToken)
                    : WaitAsync(plan, settings, begun, report, cancellationToken)).ConfigureAwait(false);
                return plan;
            }
            catch (ApiFailure failure) when ((failure.IsStale || failure.IsAlreadyThere || failure.IsFieldConflict) && attempt < MostPlans)
            {
                report("plan", $"{failure.Subject} has changed since the plan was made; plans again");
            }
        }
    }

    // The last deploy may have been ended after its last change, but before it tidied up.
    private async Task<bool> IsUnfinishedAsync(PreparedPlan plan, CancellationToken cancellationToken) =>
        await new DeployLock(cluster).LookAsync(plan.Deployment, cancellationToken).ConfigureAwait(false) switch
        {
            LockState.Abandoned => true,
            LockState.Free => !plan.Live.Inventory.Objects.SequenceEqual(plan.InventoryAfter.Objects),
            _ => false,
        };

    private async Task CarryOutAsync(PreparedPlan plan, DeploymentSettings settings, long begun, Action<string, string> report, CancellationToken cancellationToken)
    {
        void Applying(string message) => report("apply", message);
        await new NamespaceMaker(cluster).EnsureAsync(plan, Applying, cancellationToken).ConfigureAwait(false);
        var held = await new DeployLock(cluster).AcquireAsync(plan.Deployment, Applying, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, held.Lost);
            try
            {
                var store = new InventoryStore(cluster);
                var saved = await store.SaveAsync(plan.Live.Inventory, plan.InventoryDuring, both.Token).ConfigureAwait(false);
                await _applier.ApplyAsync(plan, new Deadline(cluster.Time, Remaining(settings, begun)), Applying, both.Token).ConfigureAwait(false);
                await _waiter.WaitAsync(settings, Remaining(settings, begun), message => report("wait", message), both.Token).ConfigureAwait(false);
                var kept = await new Pruner(cluster).PruneAsync(plan, Applying, both.Token).ConfigureAwait(false);
                await store.SaveAsync(saved, (plan with { Kept = kept }).InventoryAfter, both.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (held.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new DeploymentException(
                    "K8SD305", "apply", $"Deployment {settings.Namespace}/{settings.Name} was taken over by another deploy, because this one had not been heard of for too long",
                    "see that the other one ends well, or deploy again after it");
            }
        }
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
