using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Hosting.Model;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting;

/// <summary>Deploys the pipelines bound to it to one Kubernetes cluster.</summary>
/// <remarks>It is data: what it deploys to and how is in its annotations, and in the configuration section of its name.</remarks>
public sealed class KubernetesDeployerResource : Resource, IComputeEnvironmentResource
{
    internal KubernetesDeployerResource(string name, IConfiguration configuration, string appHostDirectory) : base(name) =>
        (Configuration, AppHostDirectory) = (configuration, appHostDirectory);

    /// <summary>The AppHost's configuration, where settings that no call gives are looked up.</summary>
    internal IConfiguration Configuration { get; }

    /// <summary>The AppHost's folder, which paths in settings begin at.</summary>
    internal string AppHostDirectory { get; }

    /// <summary>The DNS name, inside the cluster, of the Service in front of the endpoint's resource.</summary>
    /// <param name="endpointReference">An endpoint of a pipeline deployment.</param>
    public ReferenceExpression GetHostAddressExpression(EndpointReference endpointReference) =>
        GetEndpointPropertyExpression(endpointReference.Property(EndpointProperty.Host));

    /// <summary>A property of the Service in front of the endpoint's resource: its DNS name, its one port, plain HTTP.</summary>
    /// <param name="endpointReferenceExpression">A property of an endpoint of a pipeline deployment.</param>
    public ReferenceExpression GetEndpointPropertyExpression(EndpointReferenceExpression endpointReferenceExpression)
    {
        ArgumentNullException.ThrowIfNull(endpointReferenceExpression);

        return ReferenceExpression.Create($"{new ServiceAddress(this, endpointReferenceExpression)}");
    }
}
