using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>Says when several are to decide how many replicas there are.</summary>
internal static class ScalingWarnings
{
    public static async Task<IReadOnlyList<string>> OfAsync(ClusterObjects cluster, PlanContext context, CancellationToken cancellationToken)
    {
        if (!context.Autoscaled)
        {
            return [];
        }

        var id = ObjectKind.Deployment.Id(context.Settings.Namespace, context.Settings.Name);
        var foreign = context.HasNamespace ? await ForeignAutoscalers.NamesAsync(cluster, id, context.Live, cancellationToken).ConfigureAwait(false) : [];
        return [.. OfRendered(id, context), .. (foreign ?? []).Select(name => $"HorizontalPodAutoscaler/{id.Namespace}/{name}, which is not ours, scales {id} too: the two will fight.")];
    }

    private static IEnumerable<string> OfRendered(ObjectId id, PlanContext context)
    {
        if (context.Autoscalers.Count > 1)
        {
            yield return $"{string.Join(" and ", context.Autoscalers.Select(item => item.Id))} scale {id} both: they will fight.";
        }

        var limits = Autoscalers.LimitsOf(context.Autoscalers[0].Body);
        var body = context.Manifest.Objects.First(item => item.Id == id).Body;
        if ((int?)body["spec"]?["replicas"] is { } replicas && (replicas < limits.Minimum || replicas > limits.Maximum))
        {
            yield return $"{id} is to begin with {replicas} replicas, and {context.Autoscalers[0].Id} keeps them between {limits.Minimum} and {limits.Maximum}.";
        }
    }
}
