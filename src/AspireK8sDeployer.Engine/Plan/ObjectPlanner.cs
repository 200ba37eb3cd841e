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
    private readonly ConflictPlanner _conflicts = new(cluster);

    public async Task<PlannedObject> PlanAsync(RenderedObject item, PlanContext context, CancellationToken cancellationToken)
    {
        if (item.Id.Kind == ObjectKind.Namespace.Kind)
        {
            return PlanNamespace(item, context.Live);
        }

        var there = context.Live.Objects.GetValueOrDefault(item.Id);
        var adoption = there is null
            ? null
            : Adoption.Of(context.Settings.Identity, item.Id, there, context.Policy.Adoption, context.Live.Inventory.Objects.Contains(item.Id));
        if (adoption is { Blocker: { } blocker })
        {
            return new PlannedObject(new PlannedChange(ChangeKind.Adopt, item.Id, [], adoption.Owner), item.Body, there) { Blocker = blocker };
        }

        var isGoing = there?["metadata"]?["deletionTimestamp"] is not null;
        var live = isGoing ? null : there;
        var desired = context.IsItsDeployment(item.Id) && context.Autoscaled
            ? AutoscaledReplicas.Apply(item.Body, live, context.Replicas.Minimum)
            : item.Body;
        if (isGoing)
        {
            // Applied to now, it would take the change and go all the same.
            return new PlannedObject(new PlannedChange(ChangeKind.Create, item.Id, [], "when the old one is gone"), desired, there);
        }

        if (live is null)
        {
            return await PlanNewAsync(item.Id, desired, context, cancellationToken).ConfigureAwait(false);
        }

        var adopts = adoption!.IsOurs ? AdoptionPolicy.Never : context.Policy.Adoption;
        if (adopts == AdoptionPolicy.Never && AppliedFields.Equal(desired, live))
        {
            return new PlannedObject(new PlannedChange(ChangeKind.Unchanged, item.Id, [], context.ReplicasNote(item.Id, live)), desired, live);
        }

        var planned = await PlanExistingAsync(item.Id, desired, live, adopts, context, cancellationToken).ConfigureAwait(false);
        return adoption.Owner is { } owner ? Adopted(planned, owner) : planned;
    }

    // One that is there is taken as it is, whoever made it.
    private static PlannedObject PlanNamespace(RenderedObject item, LiveObjects live) =>
        live.HasNamespace && !live.NamespaceIsTerminating
            ? new PlannedObject(new PlannedChange(ChangeKind.Unchanged, item.Id, []), item.Body, live.Namespace)
            : new PlannedObject(new PlannedChange(ChangeKind.Create, item.Id, [], live.HasNamespace ? "when the old one is gone" : null), item.Body, null);

    private async Task<PlannedObject> PlanNewAsync(ObjectId id, JsonObject desired, PlanContext context, CancellationToken cancellationToken)
    {
        if (id.Kind == ObjectKind.ScaledObject.Kind && context.DropsAutoscaler)
        {
            // KEDA refuses, also to a dry-run, what another autoscaler still scales.
            return new PlannedObject(new PlannedChange(ChangeKind.Create, id, [], "when the other autoscaler is gone"), desired, null);
        }

        // In a namespace that is still to be made the server would only say that it is not there.
        var note = context.HasNamespace
            ? (await AskAsync(id, context, () => cluster.ApplyAsync(id, desired, dryRun: true, force: false, cancellationToken)).ConfigureAwait(false)).Note
            : null;
        return new PlannedObject(new PlannedChange(ChangeKind.Create, id, [], note), desired, null);
    }

    private async Task<PlannedObject> PlanExistingAsync(
        ObjectId id, JsonObject desired, JsonObject live, AdoptionPolicy adopts, PlanContext context, CancellationToken cancellationToken)
    {
        if (ImmutableFields.Changed(id, desired, live, context.Masking) is { Count: > 0 } fields)
        {
            return Replacement.Plan(id, desired, live, fields, context.Policy);
        }

        try
        {
            var (planned, note) = await AskAsync(id, context, () => _conflicts.PlanAsync(id, desired, live, adopts, context, cancellationToken)).ConfigureAwait(false);
            return planned ?? new PlannedObject(new PlannedChange(ChangeKind.Update, id, [], note), desired, live);
        }
        catch (ApiFailure failure) when (ImmutableFields.Refuses(failure))
        {
            return Replacement.Plan(id, desired, live, ImmutableFields.Named(failure, desired, live, context.Masking), context.Policy);
        }
    }

    // What the server says to a dry-run; a note when it cannot say anything.
    private static async Task<(T? Answer, string? Note)> AskAsync<T>(ObjectId id, PlanContext context, Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return (await ask().ConfigureAwait(false), null);
        }
        catch (ApiFailure failure) when (failure.Code == HttpStatusCode.BadRequest && failure.Message.Contains("does not support dry run", StringComparison.Ordinal))
        {
            return (null, "an admission webhook cannot say how");
        }
        catch (ApiFailure failure) when (failure.Code is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest && !ImmutableFields.Refuses(failure))
        {
            throw Rejection.Of("K8SD223", "plan", id, failure, context.Manifest.SourceOf(id), context.Masking);
        }
    }

    // Whatever else happens to it, the deploy's user should know that it was not ours.
    private static PlannedObject Adopted(PlannedObject planned, string owner)
    {
        var kind = planned.Kind is ChangeKind.Update or ChangeKind.Unchanged ? ChangeKind.Adopt : planned.Kind;
        var note = planned.Change.Note is { } more ? $"{owner}; {more}" : owner;
        return planned with { Change = planned.Change with { Kind = kind, Note = note } };
    }
}
