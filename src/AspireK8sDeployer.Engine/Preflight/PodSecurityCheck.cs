using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>The namespace takes the pods: it may enforce a Pod Security Standard.</summary>
internal sealed class PodSecurityCheck : IPreflightCheck
{
    private const string Label = "pod-security.kubernetes.io/enforce";

    public async Task<IEnumerable<Finding>> CheckAsync(PlannedDeployment deployment, ClusterFacts facts)
    {
        var live = await facts.GetAsync(ObjectKind.Namespace, null, deployment.Namespace).ConfigureAwait(false);
        var level = (live?["metadata"]?["labels"] as JsonObject)?.Text(Label);
        var violations = level switch
        {
            "baseline" => PodSecurity.AgainstBaseline(deployment.Pod),
            "restricted" => PodSecurity.AgainstBaseline(deployment.Pod).Concat(PodSecurity.AgainstRestricted(deployment.Pod)),
            _ => [],
        };
        var all = violations.Distinct().ToList();
        return all.Count == 0
            ? []
            :
            [
                Finding.Error(
                    "K8SD240", $"{deployment.Name}: Namespace/{deployment.Namespace} enforces the Pod Security Standard '{level}', which forbids {string.Join(", ", all)}",
                    "leave that out of .WithPodSettings(…), or deploy to a namespace that allows it with .WithNamespace(\"…\")"),
            ];
    }
}
