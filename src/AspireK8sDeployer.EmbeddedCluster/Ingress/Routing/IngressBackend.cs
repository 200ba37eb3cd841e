using AspireK8sDeployer.EmbeddedCluster.Controllers;

namespace AspireK8sDeployer.EmbeddedCluster.Ingress.Routing;

/// <summary>The Service that a route leads to.</summary>
/// <param name="Service">The Service; of the Ingress's own namespace, as the API has it.</param>
/// <param name="Port">The port's name, or its number: a name always has a letter.</param>
internal readonly record struct IngressBackend(ObjectKey Service, string Port)
{
    public override string ToString() => $"{Service}:{Port}";
}
