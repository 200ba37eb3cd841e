using AspireK8sDeployer.Engine.Render;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of the route from a Gateway.</summary>
internal static class GatewayRules
{
    public static void Check(DeploymentSettings settings, SettingsErrors errors)
    {
        if (settings.Gateway is not { } gateway)
        {
            return;
        }

        errors.Unless(SyntaxRules.IsDnsSubdomain(gateway.Name), "Gateway.Name", $"'{gateway.Name}' is not the name of a Gateway", ".WithGateway(\"my-gateway\")");
        errors.Unless(
            gateway.Namespace is null || SyntaxRules.IsDnsLabel(gateway.Namespace), "Gateway.Namespace",
            $"'{gateway.Namespace}' is not the name of a namespace", ".WithGateway(\"my-gateway\", g => g.Namespace = \"gateways\")");
        errors.Unless(
            gateway.Listener is null || SyntaxRules.IsDnsSubdomain(gateway.Listener), "Gateway.Listener",
            $"'{gateway.Listener}' is not the name of a listener", ".WithGateway(\"my-gateway\", g => g.Listener = \"https\")");
        HostRules.Check(gateway.Host, "Gateway.Host", ".WithGateway(\"my-gateway\", g => g.Host = \"greeter.example.com\")", errors);
        const string MendPath = ".WithGateway(\"my-gateway\", g => g.Path = \"/greeter\")";
        PathRules.CheckRoute(gateway.Path, "Gateway.Path", MendPath, errors);
        CheckOnePathBase(settings, gateway, errors);
        MetadataRules.CheckAnnotations(
            gateway.Annotations, settings.Annotations, "Gateway.Annotations", ".WithGateway(\"my-gateway\", g => g.Annotations[\"example.com/key\"] = \"value\")", errors);
    }

    // A pipeline answers at the root and below one path.
    private static void CheckOnePathBase(DeploymentSettings settings, GatewaySettings gateway, SettingsErrors errors)
    {
        if (settings.Ingress is { } ingress
            && PathBase.Of(gateway.Path) is { } ofGateway
            && PathBase.Of(ingress.Path, ingress.PathType) is { } ofIngress)
        {
            errors.Unless(
                !settings.ImageIsOurs || ofGateway == ofIngress, "Gateway.Path", $"'{gateway.Path}' is not the path of the Ingress, '{ingress.Path}', and a pipeline has one path besides '/'",
                $".WithGateway(\"{gateway.Name}\", g => g.Path = \"{ingress.Path}\")");
        }
    }
}
