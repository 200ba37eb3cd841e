using AspireK8sDeployer.Client;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>Whose address is looked for, and the path that answers when it is well.</summary>
internal sealed record EndpointTarget(DeploymentIdentity Deployment, string HealthPath)
{
    // What tells the cluster that a replica is ready tells it us too.
    public static EndpointTarget Of(DeploymentSettings settings) => new(settings.Identity, settings.ReadinessProbe.Path ?? PipelinePaths.Health);

    public static EndpointTarget Of(DeploymentIdentity deployment) => new(deployment, PipelinePaths.Health);

    public string Namespace => Deployment.Namespace;

    public string Name => Deployment.Name;
}
