using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Images;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Decides which registry a deployment's image goes to.</summary>
internal static class ImageTargets
{
    private const string NoRegistry = "K8SD805";
    private const string LoopbackRegistry = "K8SD806";
    private const string SeveralRegistries = "K8SD807";

    /// <summary>The registry that the deployment names, else its deployer's, else the AppHost's only one, else the cluster's own.</summary>
    /// <exception cref="DeploymentException">There is none, or nodes cannot reach it.</exception>
    public static async Task<ImageTarget> OfAsync(
        KubernetesDeployerResource deployer, IResource deployment, TargetCluster cluster, CancellationToken cancellationToken)
    {
        if (RegistryOf(deployer, deployment) is not { } registry)
        {
            var own = cluster.Provided?.Registry ?? throw new DeploymentException(
                NoRegistry, "preflight", $"There is no registry for the image of \"{deployment.Name}\", and the cluster at {cluster.Engine.Server} brings none",
                "add one that the cluster's nodes can pull from: builder.AddContainerRegistry(\"registry\", \"registry.example.com\"), and .WithContainerRegistry(registry)");
            return new ImageTarget(own.Host, deployment.Name, new ImageCredentials(own.User, own.Password), own.BaseImage);
        }

        var endpoint = await registry.Endpoint.GetValueAsync(cancellationToken).ConfigureAwait(false) ?? "";
        var repository = registry.Repository is { } prefix ? await prefix.GetValueAsync(cancellationToken).ConfigureAwait(false) : null;
        var host = endpoint.TrimEnd('/');
        var target = new ImageTarget(
            host, string.IsNullOrEmpty(repository) ? deployment.Name : $"{repository.Trim('/')}/{deployment.Name}", await MachineCredentials.ForAsync(host, cancellationToken).ConfigureAwait(false), cluster.Provided?.Registry.BaseImage);

        // Nodes resolve "localhost" to themselves; only nodes on this machine find its registry there.
        return !target.IsLoopback || ClusterAddress.IsLoopback(cluster.Engine.Server)
            ? target
            : throw new DeploymentException(
                LoopbackRegistry, "preflight", $"The nodes of the cluster at {cluster.Engine.Server} cannot pull from {host}, which only this machine reaches",
                $"push \"{deployment.Name}\" to a registry that the nodes reach: .WithContainerRegistry(registry)");
    }

    private static IContainerRegistry? RegistryOf(KubernetesDeployerResource deployer, IResource deployment)
    {
        if (deployment.TryGetLastAnnotation<ContainerRegistryReferenceAnnotation>(out var own)
            || deployer.TryGetLastAnnotation(out own))
        {
            return own.Registry;
        }

        var available = deployment.Annotations.OfType<RegistryTargetAnnotation>().Select(annotation => annotation.Registry).Distinct().ToList();
        return available.Count <= 1
            ? available.FirstOrDefault()
            : throw new DeploymentException(
                SeveralRegistries, "preflight", $"The image of \"{deployment.Name}\" could go to any of {available.Count} registries",
                "choose one with .WithContainerRegistry(registry), on the deployment or on its deployer");
    }
}
