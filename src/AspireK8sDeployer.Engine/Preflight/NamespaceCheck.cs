using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Apply;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>The namespace is not on its way out. A warning: a deploy waits a while for its end, and makes it anew.</summary>
internal sealed class NamespaceCheck : IPreflightCheck
{
    public async Task<IEnumerable<Finding>> CheckAsync(PlannedDeployment deployment, ClusterFacts facts)
    {
        var live = await facts.GetAsync(ObjectKind.Namespace, null, deployment.Namespace).ConfigureAwait(false);
        return (live?["metadata"] as JsonObject)?.Text("deletionTimestamp") is null
            ? []
            :
            [
                Finding.Warning(
                    $"Namespace/{deployment.Namespace} is being deleted ({NamespaceHolders.Of(live!)})",
                    "a deploy waits a minute for its end; .WithNamespace(\"…\") names another one"),
            ];
    }
}
