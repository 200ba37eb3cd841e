using System.Net;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Delete;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Apply;

/// <summary>Carries out what a plan creates and updates: one apply for each changed object, none for the others.</summary>
internal sealed class Applier(ClusterObjects cluster)
{
    private readonly DeletionWait _wait = DeletionWait.OfApply(cluster);

    /// <summary>Applies wave by wave, and returns which objects they are that were made or changed.</summary>
    public async Task<IReadOnlyDictionary<ObjectId, string>> ApplyAsync(PreparedPlan plan, Deadline deadline, Action<string> report, CancellationToken cancellationToken)
    {
        await RemoveAutoscalersAsync(plan, deadline, report, cancellationToken).ConfigureAwait(false);
        var uids = new Dictionary<ObjectId, string>();
        foreach (var wave in Waves.ToApply(plan.Objects))
        {
            foreach (var applied in await Task.WhenAll(wave.Select(item => ApplyAsync(item, deadline, report, cancellationToken))).ConfigureAwait(false))
            {
                if (applied.Uid is not null)
                {
                    uids[applied.Id] = applied.Uid;
                }
            }
        }

        return uids;
    }

    // Before the Deployment gets its fixed number of replicas: an autoscaler would set its own again. And before another one
    // comes: two would fight, and KEDA refuses to be the second.
    private async Task RemoveAutoscalersAsync(PreparedPlan plan, Deadline deadline, Action<string> report, CancellationToken cancellationToken)
    {
        foreach (var item in plan.Objects.Where(item => item.Kind == ChangeKind.Delete && Autoscalers.Is(item.Id)))
        {
            await RemoveAsync(item, deadline, report, cancellationToken).ConfigureAwait(false);
        }
    }

    // In the foreground, so that the autoscaler which KEDA made for its ScaledObject is gone with it.
    private async Task RemoveAsync(PlannedObject item, Deadline deadline, Action<string> report, CancellationToken cancellationToken)
    {
        if (await cluster.DeleteAsync(item.Id, item.Uid!, foreground: true, cancellationToken).ConfigureAwait(false))
        {
            await _wait.UntilGoneAsync(item.Id, item.Uid!, deadline, report, cancellationToken).ConfigureAwait(false);
            report($"{item.Id} deleted");
        }
    }

    // A conflict here is newer than the plan: whoever carries the plan out makes another, which knows what to do about it.
    private async Task<(ObjectId Id, string? Uid)> ApplyAsync(PlannedObject item, Deadline deadline, Action<string> report, CancellationToken cancellationToken)
    {
        if (item is { Kind: ChangeKind.Create, Uid: { } old })
        {
            report($"{item.Id} is still being deleted; waits for its end");
            await _wait.UntilGoneAsync(item.Id, old, deadline, report, cancellationToken).ConfigureAwait(false);
        }

        if (item.Replaces)
        {
            await RemoveAsync(item, deadline, report, cancellationToken).ConfigureAwait(false);
        }

        var body = item.Desired!;
        if (item.TakesFields)
        {
            // Guards the force: a conflict that is newer than the plan is refused, not overwritten.
            body = (System.Text.Json.Nodes.JsonObject)body.DeepClone();
            body["metadata"]!["resourceVersion"] = item.Live!["metadata"]!["resourceVersion"]!.DeepClone();
        }

        try
        {
            var applied = await cluster.ApplyAsync(item.Id, body, dryRun: false, item.TakesFields, cancellationToken).ConfigureAwait(false);
            report($"{item.Id} {(item.Kind == ChangeKind.Create ? "created" : "updated")}");
            return (item.Id, (string?)applied["metadata"]?["uid"]);
        }
        catch (ApiFailure failure) when (failure.Code is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest)
        {
            throw Rejection.Of("K8SD303", "apply", item.Id, failure);
        }
    }
}
