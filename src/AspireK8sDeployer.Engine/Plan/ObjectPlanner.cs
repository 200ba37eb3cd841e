using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Render;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>
/// Plans one object: nothing to do when our last apply says so, otherwise what the server's dry-run answers.
/// </summary>
internal sealed class ObjectPlanner(ClusterObjects cluster)
{
    public async Task<PlannedObject> PlanAsync(RenderedObject item, PlanContext context, CancellationToken cancellationToken)
    {
        if (item.Id.Kind == ObjectKind.Namespace.Kind)
        {
            return PlanNamespace(item, context.Live);
        }

        var there = context.Live.Objects.GetValueOrDefault(item.Id);
        var isGoing = there?["metadata"]?["deletionTimestamp"] is not null;
        var live = isGoing ? null : there;
        var desired = item.Id == ObjectKind.Deployment.Id(context.Settings.Namespace, context.Settings.Name) && context.Autoscaled
            ? AutoscaledReplicas.Apply(item.Body, live, context.Replicas.Minimum)
            : item.Body;
        if (isGoing)
        {
            // Applied to now, it would take the change and go all the same.
            return new PlannedObject(new PlannedChange(ChangeKind.Create, item.Id, [], "when the old one is gone"), desired, there);
        }

        if (live is not null && AppliedFields.Equal(desired, live))
        {
            return new PlannedObject(new PlannedChange(ChangeKind.Unchanged, item.Id, []), desired, live);
        }

        if (live is not null && RoleChange(desired, live) is { } change)
        {
            return new PlannedObject(new PlannedChange(ChangeKind.Update, item.Id, [change], "is deleted and made again: what it binds cannot change"), desired, live, Replaces: true);
        }

        if (live is null && item.Id.Kind == ObjectKind.ScaledObject.Kind && context.DropsAutoscaler)
        {
            // KEDA refuses, also to a dry-run, what another autoscaler still scales.
            return new PlannedObject(new PlannedChange(ChangeKind.Create, item.Id, [], "when the other autoscaler is gone"), desired, null);
        }

        // In a namespace that is still to be made the server would only say that it is not there.
        return context.Live.HasNamespace && !context.Live.NamespaceIsTerminating
            ? await AskAsync(item.Id, desired, live, context, cancellationToken).ConfigureAwait(false)
            : new PlannedObject(new PlannedChange(ChangeKind.Create, item.Id, []), desired, null);
    }

    // One that is there is taken as it is, whoever made it.
    private static PlannedObject PlanNamespace(RenderedObject item, LiveObjects live) =>
        live.HasNamespace && !live.NamespaceIsTerminating
            ? new PlannedObject(new PlannedChange(ChangeKind.Unchanged, item.Id, []), item.Body, live.Namespace)
            : new PlannedObject(new PlannedChange(ChangeKind.Create, item.Id, [], live.HasNamespace ? "when the old one is gone" : null), item.Body, null);

    private async Task<PlannedObject> AskAsync(ObjectId id, JsonObject desired, JsonObject? live, PlanContext context, CancellationToken cancellationToken)
    {
        try
        {
            var after = await cluster.ApplyAsync(id, desired, dryRun: true, force: false, cancellationToken).ConfigureAwait(false);
            return Compare(id, desired, live, after, takes: false);
        }
        catch (ApiFailure failure) when (failure.IsFieldConflict && live is not null)
        {
            return await ResolveAsync(id, desired, live, FieldConflict.Of(failure), context, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiFailure failure) when (failure.Code == HttpStatusCode.BadRequest && failure.Message.Contains("does not support dry run", StringComparison.Ordinal))
        {
            var kind = live is null ? ChangeKind.Create : ChangeKind.Update;
            return new PlannedObject(new PlannedChange(kind, id, [], "an admission webhook cannot say how"), desired, live);
        }
        catch (ApiFailure failure) when (failure.Code is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest)
        {
            throw Rejection.Of("K8SD223", "plan", id, failure);
        }
    }

    private async Task<PlannedObject> ResolveAsync(
        ObjectId id, JsonObject desired, JsonObject live, IReadOnlyList<FieldConflict> conflicts, PlanContext context, CancellationToken cancellationToken)
    {
        var mayTake = conflicts.All(Autoscalers.Wrote)
            && !context.Autoscaled
            && !await HasForeignAutoscalerAsync(id, context.Live, cancellationToken).ConfigureAwait(false);
        if (!mayTake)
        {
            throw ConflictError.Of("K8SD222", "plan", id, conflicts);
        }

        var after = await cluster.ApplyAsync(id, desired, dryRun: true, force: true, cancellationToken).ConfigureAwait(false);
        return Compare(id, desired, live, after, takes: true);
    }

    // Where our own autoscaler wrote the number and goes with this deploy, or is gone, nobody speaks for it any more.
    private async Task<bool> HasForeignAutoscalerAsync(ObjectId deployment, LiveObjects live, CancellationToken cancellationToken)
    {
        try
        {
            var list = await cluster.ListAsync(ObjectKind.Autoscaler, deployment.Namespace, ObjectSelector.All, cancellationToken).ConfigureAwait(false);
            return list.Items.Any(item => Autoscalers.Scales(item, deployment.Name) && !IsOurs(item, deployment.Namespace!, live));
        }
        catch (ApiFailure failure) when (failure.Code == HttpStatusCode.Forbidden)
        {
            // Whoever may not look cannot know.
            return true;
        }
    }

    // Its own, or the one that KEDA made for its own.
    private static bool IsOurs(JsonObject autoscaler, string @namespace, LiveObjects live) =>
        live.Objects.ContainsKey(ObjectKind.Autoscaler.Id(@namespace, (string)autoscaler["metadata"]!["name"]!))
        || (autoscaler["metadata"]!["ownerReferences"] as JsonArray ?? []).Any(owner =>
            (string?)owner?["kind"] == ObjectKind.ScaledObject.Kind
            && live.Objects.ContainsKey(ObjectKind.ScaledObject.Id(@namespace, (string?)owner["name"] ?? "")));

    // The API keeps a binding from ever binding something else, which whoever may only edit it must not bring about.
    private static FieldChange? RoleChange(JsonObject desired, JsonObject live)
    {
        string? Role(JsonObject binding) => binding["roleRef"] is JsonObject role ? $"{role["kind"]}/{role["name"]}" : null;
        return Role(desired) is { } after && Role(live) is { } before && after != before ? new FieldChange("roleRef", before, after) : null;
    }

    private static PlannedObject Compare(ObjectId id, JsonObject desired, JsonObject? live, JsonObject after, bool takes)
    {
        if (live is null)
        {
            return new PlannedObject(new PlannedChange(ChangeKind.Create, id, []), desired, null);
        }

        var fields = FieldDifference.Between(live, after);
        if (fields.Count == 0 && JsonNode.DeepEquals(AppliedFields.Of(live)?["fieldsV1"], AppliedFields.Of(after)?["fieldsV1"]))
        {
            return new PlannedObject(new PlannedChange(ChangeKind.Unchanged, id, []), desired, live);
        }

        return new PlannedObject(new PlannedChange(ChangeKind.Update, id, fields, Consequence(id, fields)), desired, live, takes);
    }

    private static string? Consequence(ObjectId id, IReadOnlyList<FieldChange> fields) => id.Kind switch
    {
        _ when fields.Count == 0 => "no value changes, only who keeps them",
        "Deployment" when fields.Any(field => field.Path.StartsWith("spec.template", StringComparison.Ordinal)) => "rolls the pods",
        "Service" when fields.Any(field => field.Path is "spec.type" or "spec.loadBalancerIP") => "the address may change",
        _ => null,
    };
}
