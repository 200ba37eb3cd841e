using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>What an autoscaler looks at is measured. A warning: it may be installed later, and until then the replicas stay as they are.</summary>
internal sealed class MetricsCheck : IPreflightCheck
{
    public async Task<IEnumerable<Finding>> CheckAsync(PlannedDeployment deployment, ClusterFacts facts)
    {
        var types = deployment.ObjectsOf("HorizontalPodAutoscaler")
            .SelectMany(item => item["spec"]!.AsObject().Objects("metrics"))
            .Select(metric => metric.Text("type"))
            .Distinct();
        List<Finding> found = [];
        foreach (var (group, what, fix) in types.Select(Source))
        {
            if (!await facts.ServesAsync(group).ConfigureAwait(false))
            {
                found.Add(Finding.Warning($"{deployment.Name}: nothing in the cluster measures {what} ({group}), so the number of replicas will not follow it", fix));
            }
        }

        return found;
    }

    private static (string Group, string What, string Fix) Source(string? type) => type switch
    {
        "Resource" or "ContainerResource" => ("metrics.k8s.io", "processors and memory", "the replicas stay as they are until something serves that API, as metrics-server does"),
        "External" => ("external.metrics.k8s.io", "metrics from outside", "install an adapter for them"),
        _ => ("custom.metrics.k8s.io", "metrics of pods", "install prometheus-adapter, or use KEDA with .WithAutoscaling(a => a.Autoscaler = AutoscalerKind.Keda)"),
    };
}
