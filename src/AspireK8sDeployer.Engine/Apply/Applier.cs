using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Delete;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Apply;

/// <summary>Carries out what a plan creates and updates: one apply for each changed object, none for the others.</summary>
internal sealed class Applier(ClusterObjects cluster)
{
    private readonly ConcurrentDictionary<ObjectId, JsonObject> _answers = new();
    private readonly DeletionWait _wait = DeletionWait.OfApply(cluster);

    /// <summary>What the API answered to the apply of an object; null when it was not applied.</summary>
    public JsonObject? AnswerOf(ObjectId id) => _answers.GetValueOrDefault(id);

    /// <summary>Applies wave by wave, and returns which objects they are that were made or changed.</summary>
    public async Task<IReadOnlyDictionary<ObjectId, string>> ApplyAsync(PreparedPlan plan, Deadline deadline, Action<string> report, CancellationToken cancellationToken)
    {
        await RemoveAutoscalersAsync(plan, deadline, report, cancellationToken).ConfigureAwait(false);
        var uids = new Dictionary<ObjectId, string>();
        foreach (var wave in Waves.ToApply(plan.Objects))
        {
            foreach (var applied in await Task.WhenAll(wave.Select(item => ApplyAsync(item, plan, deadline, report, cancellationToken))).ConfigureAwait(false))
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
    private async Task<(ObjectId Id, string? Uid)> ApplyAsync(PlannedObject item, PreparedPlan plan, Deadline deadline, Action<string> report, CancellationToken cancellationToken)
    {
        if (item is { Kind: ChangeKind.Create, Uid: { } old })
        {
            report($"{item.Id} is still being deleted; waits for its end");
            await _wait.UntilGoneAsync(item.Id, old, deadline, report, cancellationToken).ConfigureAwait(false);
        }

        if (item.Kind == ChangeKind.Replace)
        {
            await MakeRoomAsync(item, deadline, report, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var version = item.ResourceVersion;
            if (item is { Preparation: { } patch, Kind: not ChangeKind.Replace })
            {
                var prepared = await cluster.PatchAsync(item.Id, patch, cancellationToken).ConfigureAwait(false);
                version = (string?)prepared["metadata"]?["resourceVersion"];
            }

            var isGuarded = item.Kind == ChangeKind.Adopt || (item.Kind == ChangeKind.Update && (item.TakesFields || plan.IsReviewed));
            var body = isGuarded ? Guarded(item.Desired!, version!) : item.Desired!;
            var applied = await cluster.ApplyAsync(item.Id, body, dryRun: false, item.TakesFields, cancellationToken).ConfigureAwait(false);
            _answers[item.Id] = applied;
            report($"{item.Id} {Done(item.Kind)}");
            return (item.Id, (string?)applied["metadata"]?["uid"]);
        }
        catch (ApiFailure failure) when (failure.Code is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest)
        {
            throw Rejection.Of("K8SD303", "apply", item.Id, failure, plan.Wanted?.Manifest.SourceOf(item.Id), plan.Masking);
        }
    }

    // As it was planned, and no newer one: whoever changed it since may have meant it to stay.
    private async Task MakeRoomAsync(PlannedObject item, Deadline deadline, Action<string> report, CancellationToken cancellationToken)
    {
        if (!await cluster.DeleteUnchangedAsync(item.Id, item.Live!, Replacement.PropagationOf(item.Id), cancellationToken).ConfigureAwait(false))
        {
            throw new ApiFailure(HttpStatusCode.Conflict, "Conflict", "the object has been modified", [], item.Id.ToString());
        }

        await _wait.UntilGoneAsync(item.Id, item.Uid!, deadline, report, cancellationToken).ConfigureAwait(false);
        report($"{item.Id} deleted");
    }

    // A writer between the plan and now makes this a conflict, and is not overwritten.
    private static JsonObject Guarded(JsonObject desired, string version)
    {
        var body = (JsonObject)desired.DeepClone();
        body["metadata"]!["resourceVersion"] = version;
        return body;
    }

    private static string Done(ChangeKind kind) => kind switch
    {
        ChangeKind.Create => "created",
        ChangeKind.Adopt => "adopted",
        ChangeKind.Replace => "made again",
        _ => "updated",
    };
}
