using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>The classes that the pods name are there: without, the cluster takes no pod.</summary>
internal sealed class PodClassesCheck : IPreflightCheck
{
    public async Task<IEnumerable<Finding>> CheckAsync(PlannedDeployment deployment, ClusterFacts facts)
    {
        var found = await Task.WhenAll(
            CheckAsync(ReferredKinds.PriorityClass, deployment.Pod.Text("priorityClassName"), deployment, facts),
            CheckAsync(ReferredKinds.RuntimeClass, deployment.Pod.Text("runtimeClassName"), deployment, facts)).ConfigureAwait(false);
        return found.OfType<Finding>();
    }

    private static async Task<Finding?> CheckAsync(ObjectKind kind, string? name, PlannedDeployment deployment, ClusterFacts facts) =>
        name is null || deployment.Makes(kind.Kind, name) || await facts.GetAsync(kind, null, name).ConfigureAwait(false) is not null
            ? null
            : Finding.Error(
                "K8SD238", $"{deployment.Name}: {kind.Id(null, name)} is not there, and no pod that names it is accepted",
                $".WithPodSettings(p => p.{kind.Kind}Name = \"…\") with one that is there ('kubectl get {kind.Plural}')");
}
