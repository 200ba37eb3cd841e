using System.Net;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Plans the change of an object that is there, and settles with its other managers whose its fields are.</summary>
internal sealed class ConflictPlanner(ClusterObjects cluster)
{
    // Each round leaves fields to others; what is left to do so then is not settled by more.
    private const int MostRounds = 4;

    public async Task<PlannedObject> PlanAsync(
        ObjectId id, JsonObject desired, JsonObject live, AdoptionPolicy adopts, PlanContext context, CancellationToken cancellationToken)
    {
        var migration = Migration.Of(live, id.ApiVersion);
        var strategy = StrategyChange.Of(id, desired, live);
        var left = new List<FieldChange>();
        for (var round = 1; ; round++)
        {
            try
            {
                var after = await AskAsync(id, desired, strategy, force: false, cancellationToken).ConfigureAwait(false);
                return Change(new Answer(id, desired, live, after, migration, strategy, []), left, context);
            }
            catch (ApiFailure failure) when (migration is not null && failure.Code == HttpStatusCode.UnprocessableEntity && !ImmutableFields.Refuses(failure))
            {
                // What is to go and what is to come need not fit together, and a dry-run sees both.
                List<FieldChange> gone = [.. migration.Removed(live, desired, context.Masking)];
                return new PlannedObject(new PlannedChange(ChangeKind.Update, id, gone, "the cluster cannot say more before the old fields are gone"), desired, live)
                {
                    Preparation = [.. Operations(migration.Patch)],
                };
            }
            catch (ApiFailure failure) when (failure.IsFieldConflict)
            {
                var conflicts = FieldConflict.Of(failure, live);
                var situation = await SituationAsync(id, live, adopts, conflicts, context, cancellationToken).ConfigureAwait(false);
                var claims = conflicts.Select(conflict => (Conflict: conflict, Claim: ConflictPolicy.Decide(conflict, situation))).ToList();
                var leaving = claims.Where(item => item.Claim == FieldClaim.Left).Select(item => item.Conflict).ToList();
                if (leaving.Count > 0 && round < MostRounds && Without(desired, leaving) is { } rest)
                {
                    left.AddRange(leaving.Select(conflict => conflict.ToChange(live, desired, context.Masking, FieldClaim.Left)));
                    desired = rest;
                    continue;
                }

                var contested = claims.Select(item => item.Conflict.ToChange(
                    live, desired, context.Masking, item.Claim == FieldClaim.Left ? FieldClaim.Foreign : item.Claim)).ToList();
                var after = await AskForcedAsync(id, desired, live, strategy, migration, cancellationToken).ConfigureAwait(false);
                return Change(new Answer(id, desired, live, after, migration, strategy, contested), left, context);
            }
        }
    }

    private async Task<JsonObject> AskAsync(ObjectId id, JsonObject desired, StrategyChange? strategy, bool force, CancellationToken cancellationToken)
    {
        var after = await cluster.ApplyAsync(id, strategy?.Body ?? desired, dryRun: true, force, cancellationToken).ConfigureAwait(false);
        return strategy is null ? after : StrategyChange.After(after);
    }

    private async Task<JsonObject> AskForcedAsync(
        ObjectId id, JsonObject desired, JsonObject live, StrategyChange? strategy, Migration? migration, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(id, desired, strategy, force: true, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiFailure failure) when (migration is not null && failure.Code == HttpStatusCode.UnprocessableEntity && !ImmutableFields.Refuses(failure))
        {
            // What is to go and what is to come need not fit together: what is contested and what goes is all that is known.
            return live;
        }
    }

    private async Task<ConflictSituation> SituationAsync(
        ObjectId id, JsonObject live, AdoptionPolicy adopts, IReadOnlyList<FieldConflict> conflicts, PlanContext context, CancellationToken cancellationToken)
    {
        var isOfReplicas = conflicts.Any(conflict => conflict.Field == ".spec.replicas");
        var hasAutoscaler = isOfReplicas
            && ((context.IsItsDeployment(id) && context.Autoscaled) || await ForeignAutoscalers.AnyAsync(cluster, id, context.Live, cancellationToken).ConfigureAwait(false));
        return new ConflictSituation(context.Policy.TakesOver, AppliedFields.Of(live) is null, adopts, hasAutoscaler);
    }

    private static JsonObject? Without(JsonObject desired, IReadOnlyList<FieldConflict> conflicts)
    {
        var rest = (JsonObject)desired.DeepClone();
        return conflicts.All(conflict => conflict.Path?.Remove(rest) == true) ? rest : null;
    }

    private static PlannedObject Change(Answer answer, List<FieldChange> left, PlanContext context)
    {
        var (id, desired, live, _, migration, strategy, contested) = answer;
        var refused = contested.Where(field => field.Owner!.Claim != FieldClaim.Taken).ToList();
        var differences = FieldDifference.Between(live, answer.After, context.Masking);
        var removed = migration?.Removed(live, desired, context.Masking).Where(field => differences.All(other => other.Path != field.Path)) ?? [];
        List<FieldChange> fields =
        [
            .. differences.Where(field => contested.All(other => other.Path != field.Path)),
            .. contested,
            .. removed,
        ];
        var planned = new PlannedObject(new PlannedChange(ChangeKind.Update, id, fields, Consequences.Of(id, live, fields, left, context)), desired, live)
        {
            TakesFields = contested.Count > 0 && refused.Count == 0,
            Preparation = strategy is null && migration is null ? null : [.. Operations(strategy?.Patch), .. Operations(migration?.Patch)],
        };
        if (refused.Count > 0)
        {
            return planned with { Change = planned.Change with { Kind = ChangeKind.Conflict }, Blocker = ConflictError.Of(id, refused) };
        }

        var isSame = fields.Count == 0 && planned.Preparation is null
            && JsonNode.DeepEquals(AppliedFields.Of(live)?["fieldsV1"], AppliedFields.Of(answer.After)?["fieldsV1"]);
        return isSame ? planned with { Change = planned.Change with { Kind = ChangeKind.Unchanged, Note = Consequences.OfUnchanged(id, live, left, context) } } : planned;
    }

    private static IEnumerable<JsonNode?> Operations(JsonArray? patch) => (patch ?? []).Select(operation => operation?.DeepClone());

    private sealed record Answer(
        ObjectId Id, JsonObject Desired, JsonObject Live, JsonObject After, Migration? Migration, StrategyChange? Strategy, IReadOnlyList<FieldChange> Contested);
}
