using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The Ingress in front of the Service.</summary>
internal static class IngressObject
{
    public static RenderedObject? Render(DeploymentSettings settings, ObjectMetadata metadata)
    {
        if (settings.Ingress is not { } ingress)
        {
            return null;
        }

        var (id, body) = metadata.Begin("networking.k8s.io/v1", "Ingress", settings.Name, ingress.Annotations);
        var spec = new JsonObject();
        if (ingress.ClassName is { } className)
        {
            spec["ingressClassName"] = className;
        }

        if (ingress.TlsEnabled)
        {
            spec["tls"] = new JsonArray(new JsonObject { ["hosts"] = new JsonArray(ingress.Host), ["secretName"] = ingress.TlsSecretName });
        }

        spec["rules"] = new JsonArray(Rule(settings.Name, ingress));
        body["spec"] = spec;
        return new RenderedObject(id, body);
    }

    private static JsonObject Rule(string service, IngressSettings ingress)
    {
        var rule = new JsonObject();
        if (ingress.Host is { } host)
        {
            rule["host"] = host;
        }

        rule["http"] = new JsonObject
        {
            ["paths"] = new JsonArray(new JsonObject
            {
                ["path"] = ingress.Path,
                ["pathType"] = ingress.PathType.ToString(),
                ["backend"] = new JsonObject
                {
                    // By name, as everything else: the number is written in one place.
                    ["service"] = new JsonObject { ["name"] = service, ["port"] = new JsonObject { ["name"] = ContainerObject.PortName } },
                },
            }),
        };
        return rule;
    }
}
