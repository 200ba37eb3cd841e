using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The HTTPRoute that attaches the Service to a Gateway.</summary>
/// <remarks>
/// Whatever the definition of the kind would fill in (group, kind, weight) is written out: the applied object is then the
/// one that is read back.
/// </remarks>
internal static class RouteObject
{
    public static RenderedObject? Render(DeploymentSettings settings, ObjectMetadata metadata)
    {
        if (settings.Gateway is not { } gateway)
        {
            return null;
        }

        var (id, body) = metadata.Begin("gateway.networking.k8s.io/v1", "HTTPRoute", settings.Name, gateway.Annotations);
        var spec = new JsonObject { ["parentRefs"] = new JsonArray(Parent(gateway)) };
        if (gateway.Host is { } host)
        {
            spec["hostnames"] = new JsonArray(host);
        }

        spec["rules"] = new JsonArray(Rule(settings, gateway));
        body["spec"] = spec;
        return new RenderedObject(id, body);
    }

    private static JsonObject Parent(GatewaySettings gateway)
    {
        var parent = new JsonObject { ["group"] = "gateway.networking.k8s.io", ["kind"] = "Gateway", ["name"] = gateway.Name };
        if (gateway.Namespace is { } @namespace)
        {
            parent["namespace"] = @namespace;
        }

        if (gateway.Listener is { } listener)
        {
            parent["sectionName"] = listener;
        }

        return parent;
    }

    private static JsonObject Rule(DeploymentSettings settings, GatewaySettings gateway) => new()
    {
        ["matches"] = new JsonArray(new JsonObject { ["path"] = new JsonObject { ["type"] = "PathPrefix", ["value"] = gateway.Path } }),
        ["backendRefs"] = new JsonArray(new JsonObject
        {
            ["group"] = "",
            ["kind"] = "Service",
            ["name"] = settings.Name,
            ["port"] = settings.Service.Port,
            ["weight"] = 1,
        }),
    };
}
