using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The Service in front of the pods.</summary>
internal static class ServiceObject
{
    public static RenderedObject Render(DeploymentSettings settings, ObjectMetadata metadata)
    {
        var service = settings.Service;
        var (id, body) = metadata.Begin("v1", "Service", settings.Name, service.Annotations);
        var spec = new JsonObject
        {
            ["type"] = service.Type.ToString(),
            ["selector"] = metadata.Selector(),
            ["sessionAffinity"] = service.SessionAffinity.ToString(),
            ["ports"] = new JsonArray(Port(service)),
        };
        if (service.LoadBalancerIP is { } address)
        {
            spec["loadBalancerIP"] = address;
        }

        if (service.LoadBalancerSourceRanges.Count > 0)
        {
            spec["loadBalancerSourceRanges"] = new JsonArray([.. service.LoadBalancerSourceRanges.Select(range => (JsonNode)range)]);
        }

        body["spec"] = spec;
        return new RenderedObject(id, body);
    }

    private static JsonObject Port(ServiceSettings service)
    {
        var port = new JsonObject
        {
            ["name"] = ContainerObject.PortName,
            ["port"] = service.Port,
            // By name: while a new port rolls out, each pod is reached on the port that it has.
            ["targetPort"] = ContainerObject.PortName,
            ["protocol"] = "TCP",
        };
        if (service.NodePort is { } nodePort)
        {
            port["nodePort"] = nodePort;
        }

        return port;
    }
}
