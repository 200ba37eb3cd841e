using AspireK8sDeployer.Client;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>Whose address is looked for, and the path that answers when it is well.</summary>
internal sealed record EndpointTarget(string Namespace, string Name, string HealthPath)
{
    // What tells the cluster that a replica is ready tells it us too.
    public static EndpointTarget Of(DeploymentSettings settings) => new(settings.Namespace, settings.Name, settings.ReadinessProbe.Path ?? PipelinePaths.Health);

    public static EndpointTarget Of(DeploymentIdentity deployment) => new(deployment.Namespace, deployment.Name, PipelinePaths.Health);
}
