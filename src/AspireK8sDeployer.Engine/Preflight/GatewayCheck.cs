using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>The Gateway that the route attaches to is there. A warning: it may come later, and then takes the route.</summary>
internal sealed class GatewayCheck : IPreflightCheck
{
    public async Task<IEnumerable<Finding>> CheckAsync(PlannedDeployment deployment, ClusterFacts facts)
    {
        if (deployment.Settings.Gateway is not { } gateway
            || deployment.Makes("Gateway", gateway.Name)
            || !await facts.ServesAsync(ObjectKind.Gateway.Group, ObjectKind.Gateway.Version).ConfigureAwait(false))
        {
            return [];
        }

        var @namespace = gateway.Namespace ?? deployment.Namespace;
        if (await facts.GetAsync(ObjectKind.Gateway, @namespace, gateway.Name).ConfigureAwait(false) is not { } live)
        {
            return [Finding.Warning($"{deployment.Name}: {ObjectKind.Gateway.Id(@namespace, gateway.Name)} is not there; until it is, nothing leads to the pipeline", ".WithGateway(\"…\") with one that is there")];
        }

        return gateway.Listener is not { } listener || live["spec"]!.AsObject().Objects("listeners").Any(item => item.Text("name") == listener)
            ? []
            : [Finding.Warning($"{deployment.Name}: {ObjectKind.Gateway.Id(@namespace, gateway.Name)} has no listener '{listener}'", ".WithGateway(\"…\", g => g.Listener = \"…\") with one that it has")];
    }
}
