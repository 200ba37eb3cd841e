using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>The port on the nodes is nobody else's.</summary>
internal sealed class NodePortCheck : IPreflightCheck
{
    public async Task<IEnumerable<Finding>> CheckAsync(PlannedDeployment deployment, ClusterFacts facts)
    {
        if (deployment.Settings.Service.NodePort is not { } port)
        {
            return [];
        }

        var services = await facts.ListAsync(ObjectKind.Service, null).ConfigureAwait(false);
        return services
            .Where(service => Uses(service, port))
            .Select(service => (service["metadata"] as JsonObject)!)
            .Where(holder => holder.Text("namespace") != deployment.Namespace || holder.Text("name") != deployment.Name)
            .Select(holder => Finding.Error(
                "K8SD239", $"{deployment.Name}: node port {port} is taken by Service/{holder.Text("namespace")}/{holder.Text("name")}",
                ".WithService(s => s.NodePort = …) with another one, or none for the cluster to choose"));
    }

    private static bool Uses(JsonObject service, int port) =>
        (service["spec"] as JsonObject ?? []) is var spec
        && (spec.Objects("ports").Any(item => (int?)item["nodePort"] == port) || (int?)spec["healthCheckNodePort"] == port);
}
