using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>The server knows all that this deployment uses of Kubernetes.</summary>
internal sealed class VersionCheck : IPreflightCheck
{
    public async Task<IEnumerable<Finding>> CheckAsync(PlannedDeployment deployment, ClusterFacts facts)
    {
        var version = await facts.VersionAsync().ConfigureAwait(false);
        return Uses(deployment)
            .Where(use => version < use.Since)
            .Select(use => Finding.Error(
                "K8SD231", $"{deployment.Name}: {facts.Server} is Kubernetes {version}, and {use.What} needs {use.Since}", $"use a newer cluster, or {use.Instead}"));
    }

    private static IEnumerable<(Version Since, string What, string Instead)> Uses(PlannedDeployment deployment)
    {
        yield return (new(1, 22), "server-side apply", "another one with .WithKubeContext(\"…\")");
        if (deployment.ObjectsOf("HorizontalPodAutoscaler").Any())
        {
            yield return (new(1, 23), "the autoscaler (autoscaling/v2)", "a fixed number of replicas, .WithResources(minReplicas: 2, maxReplicas: 2)");
        }

        if (deployment.Pod.Objects("initContainers").Any(container => container.Text("restartPolicy") == "Always"))
        {
            yield return (new(1, 29), "a sidecar", "do without .WithPodSettings(p => p.Sidecars …)");
        }

        if (deployment.Containers.Any(container => container["lifecycle"]?["preStop"]?["sleep"] is not null))
        {
            yield return (new(1, 30), "the pause before an image that is not ours stops", "serve the pipeline with AspireK8sDeployer.Serving");
        }
    }
}
