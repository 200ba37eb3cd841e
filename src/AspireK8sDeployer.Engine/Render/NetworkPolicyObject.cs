using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The NetworkPolicy that lets in nothing but invocations and the collection of metrics.</summary>
/// <remarks>
/// From anywhere, because who may invoke is a matter of the Service's type, of the Ingress and of keys, and because load
/// balancers and node ports show addresses that no selector names. Out to anywhere: what a pipeline calls is its own affair.
/// The kubelet's probes come from the pod's own node, which no policy shuts out.
/// </remarks>
internal static class NetworkPolicyObject
{
    public static RenderedObject? Render(DeploymentSettings settings, ObjectMetadata metadata)
    {
        if (!settings.NetworkPolicy)
        {
            return null;
        }

        var (id, body) = metadata.Begin("networking.k8s.io/v1", "NetworkPolicy", settings.Name);
        body["spec"] = new JsonObject
        {
            ["podSelector"] = new JsonObject { ["matchLabels"] = metadata.Selector() },
            ["policyTypes"] = new JsonArray("Ingress"),
            ["ingress"] = new JsonArray(new JsonObject
            {
                ["ports"] = new JsonArray(
                    // By name: while a new port rolls out, each pod is reached on the one that it has.
                    new JsonObject { ["protocol"] = "TCP", ["port"] = ContainerObject.PortName },
                    // By number: the port has its name only where an autoscaler needs it.
                    new JsonObject { ["protocol"] = "TCP", ["port"] = PipelineMetrics.Port }),
            }),
        };
        return new RenderedObject(id, body);
    }
}
