using AspireK8sDeployer.Client;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>Whose address is looked for, and the path that answers when it is well.</summary>
internal sealed record EndpointTarget(DeploymentIdentity Deployment, string HealthPath)
{
    /// <summary>Whether an Ingress may be in front of the Service.</summary>
    public bool HasIngress { get; init; } = true;

    /// <summary>Whether a route of a Gateway may be.</summary>
    public bool HasRoute { get; init; } = true;

    /// <summary>Whether what answers says who it is; an image that we did not build need not.</summary>
    public bool SaysWhoItIs { get; init; }

    /// <summary>The Service's port, where it is known.</summary>
    public int Port { get; init; } = PipelineDefaults.ServicePort;

    /// <summary>Whether something was just applied; what has had no address for long will hardly get one now.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether any address will do that answers, rather than the one that is told to others.</summary>
    public bool AnyWay { get; init; }

    // What tells the cluster that a replica is ready tells it us too.
    public static EndpointTarget Of(DeploymentSettings settings) => new(settings.Identity, settings.ReadinessProbe.Path ?? PipelinePaths.Health)
    {
        HasIngress = settings.Ingress is not null,
        HasRoute = settings.Gateway is not null,
        SaysWhoItIs = settings.ImageIsOurs,
        Port = settings.Service.Port,
    };

    /// <summary>A deployment of which nothing else is known.</summary>
    public static EndpointTarget Of(DeploymentIdentity deployment) => new(deployment, PipelinePaths.Health) { AnyWay = true };

    public string Namespace => Deployment.Namespace;

    public string Name => Deployment.Name;

    /// <summary>The line that leads to the Service from here, whatever is in front of it.</summary>
    public string PortForward(int port) => $"kubectl port-forward -n {Namespace} service/{Name} {port}:{port}";
}
