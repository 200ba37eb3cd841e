using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.ManagedFields;
using AspireK8sDeployer.EmbeddedCluster.Schema;
using AspireK8sDeployer.EmbeddedCluster.Selectors;
using AspireK8sDeployer.EmbeddedCluster.Store;
using AspireK8sDeployer.EmbeddedCluster.Tables;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>POST of <c>pods/eviction</c>: a deletion that disruption budgets can refuse.</summary>
internal static class EvictionHandler
{
    public static async Task EvictAsync(ApiContext context)
    {
        var query = WriteOptions.Read(context, "CreateOptions");
        var body = await context.ReadBodyAsync().ConfigureAwait(false);
        var eviction = body.Length > 0 && JsonSyntax.IsValid(body) ? JsonNode.Parse(body) as JsonObject ?? [] : [];
        var name = context.Info.Name;
        if (eviction.MetadataOf().Text("name") is { Length: > 0 } given && given != name)
        {
            throw ApiException.BadRequest("name in URL does not match name in Eviction object");
        }

        var wanted = eviction["deleteOptions"] as JsonObject ?? [];
        var preconditions = wanted["preconditions"] as JsonObject ?? [];
        var options = new DeleteOptions
        {
            GracePeriodSeconds = wanted.NumberOf("gracePeriodSeconds"),
            PropagationPolicy = wanted.TextOf("propagationPolicy") is { Length: > 0 } policy ? policy : null,
            Uid = preconditions.TextOf("uid") is { Length: > 0 } uid ? uid : null,
            DryRun = query.DryRun || wanted.TextsOf("dryRun").Any(),
        };

        context.Parts.Store.Exclusively(() =>
        {
            var pod = context.Parts.Store.Get(context.Resource, context.Namespace, name) ?? throw ApiException.NotFound(context.Resource, name);
            ClaimDisruption(context, pod, options.DryRun);
            var write = new WriteRequest(context.Resource, context.Namespace, name) { Manager = "", User = context.User, DryRun = options.DryRun };
            return context.Parts.Deleter.Delete(write, options);
        });
        await Answers.DoneAsync(context.Http).ConfigureAwait(false);
    }

    private static void ClaimDisruption(ApiContext context, StoredObject stored, bool dryRun)
    {
        var pod = stored.ToJsonObject();

        // What has ended, is ending or never began is not protected by anything.
        if (pod.Text("status", "phase") is "Succeeded" or "Failed" or "Pending" || pod.IsBeingDeleted())
        {
            return;
        }

        var budgets = Budgets(context, stored).ToList();
        if (budgets.Count > 1)
        {
            throw new ApiException(500, "InternalError", "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }

        if (budgets.Count == 0)
        {
            return;
        }

        var budget = budgets[0];
        var allowed = budget.Number("status", "disruptionsAllowed");
        var ready = pod.Objects("status", "conditions").Any(c => c.Text("type") == "Ready" && c.Text("status") == "True");
        if (!ready && (budget.Text("spec", "unhealthyPodEvictionPolicy") == "AlwaysAllow"
            || budget.Number("status", "currentHealthy") >= budget.Number("status", "desiredHealthy") && budget.Number("status", "desiredHealthy") > 0))
        {
            return;
        }

        var name = budget.MetadataOf().Text("name");
        if (budget.Number("status", "observedGeneration") < budget.MetadataOf().Number("generation"))
        {
            throw TooMany("DisruptionBudget", $"The disruption budget {name} is still being processed by the server.");
        }

        if (allowed < 1)
        {
            throw TooMany(
                "DisruptionBudget",
                $"The disruption budget {name} needs {budget.Number("status", "desiredHealthy")} healthy pods and has {budget.Number("status", "currentHealthy")} currently");
        }

        if (!dryRun)
        {
            NoteDisruption(context, budget, stored.Name);
        }
    }

    private static void NoteDisruption(ApiContext context, JsonObject budget, string pod)
    {
        var resource = context.Parts.Table.Kind("policy/v1", "PodDisruptionBudget");
        var write = new WriteRequest(resource, context.Namespace, budget.MetadataOf().Text("name")) { Manager = "kube-apiserver", Subresource = "status" };
        var now = context.Parts.Time.GetUtcNow();
        context.Parts.Updater.Update(write, mayCreate: false, live =>
        {
            var updated = live!.DeepClone().AsObject();
            var status = updated.ObjectOrNew("status");
            status["disruptionsAllowed"] = status.Number("disruptionsAllowed") - 1;
            status.ObjectOrNew("disruptedPods")[pod] = Metadata.Timestamp(now);
            ServerSideApply.TrackUpdate(resource, live, updated, write.Manager, write.Subresource, now);
            return updated;
        });
    }

    private static IEnumerable<JsonObject> Budgets(ApiContext context, StoredObject pod)
    {
        var resource = context.Parts.Table.Kind("policy/v1", "PodDisruptionBudget");
        return context.Parts.Store.ShelfOf(resource).Objects.Values
            .Where(budget => budget.Namespace == pod.Namespace)
            .Select(budget => budget.ToJsonObject())
            .Where(budget => LabelSelector.FromJson(budget.At("spec", "selector") as JsonObject)?.Matches(pod.Labels) == true);
    }

    private static ApiException TooMany(string reason, string message) => new(
        429,
        "TooManyRequests",
        "Cannot evict pod as it would violate the pod's disruption budget.",
        new StatusDetails(Causes: [new StatusCause(reason, message)]));
}
