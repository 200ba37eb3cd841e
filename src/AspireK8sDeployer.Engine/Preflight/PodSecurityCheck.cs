using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;

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
            "baseline" => PodStandards.Violations(deployment.Pod).Where(violation => violation.BreaksBaseline),
            "restricted" => PodStandards.Violations(deployment.Pod),
            _ => [],
        };
        var all = violations.Select(violation => violation.Field).ToList();
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
