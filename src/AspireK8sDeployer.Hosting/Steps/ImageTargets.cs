using Aspire.Hosting;
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

        var (host, repository) = await PlaceOfAsync(registry, deployment, cancellationToken).ConfigureAwait(false);
        var target = new ImageTarget(
            host, repository, await MachineCredentials.ForAsync(host, cancellationToken).ConfigureAwait(false), cluster.Provided?.Registry.BaseImage);

        // Nodes resolve "localhost" to themselves; only nodes on this machine find its registry there.
        return !target.IsLoopback || ClusterAddress.IsLoopback(cluster.Engine.Server)
            ? target
            : throw new DeploymentException(
                LoopbackRegistry, "preflight", $"The nodes of the cluster at {cluster.Engine.Server} cannot pull from {host}, which only this machine reaches",
                $"push \"{deployment.Name}\" to a registry that the nodes reach: .WithContainerRegistry(registry)");
    }

    /// <summary>The repository that the image will be pushed to, as far as it is known without a cluster; else null.</summary>
    public static async Task<string?> RepositoryOfAsync(KubernetesDeployerResource deployer, IResource deployment, CancellationToken cancellationToken)
    {
        if (CandidatesOf(deployer, deployment) is not [var registry])
        {
            return null;
        }

        try
        {
            var (host, repository) = await PlaceOfAsync(registry, deployment, cancellationToken).ConfigureAwait(false);
            return host.Length == 0 ? null : $"{host}/{repository}";
        }
        catch (MissingParameterValueException)
        {
            return null;
        }
    }

    private static async Task<(string Host, string Repository)> PlaceOfAsync(IContainerRegistry registry, IResource deployment, CancellationToken cancellationToken)
    {
        var endpoint = await registry.Endpoint.GetValueAsync(cancellationToken).ConfigureAwait(false) ?? "";
        var repository = registry.Repository is { } prefix ? await prefix.GetValueAsync(cancellationToken).ConfigureAwait(false) : null;
        return (endpoint.TrimEnd('/'), string.IsNullOrEmpty(repository) ? deployment.Name : $"{repository.Trim('/')}/{deployment.Name}");
    }

    private static IContainerRegistry? RegistryOf(KubernetesDeployerResource deployer, IResource deployment)
    {
        var candidates = CandidatesOf(deployer, deployment);
        return candidates.Count <= 1
            ? candidates.FirstOrDefault()
            : throw new DeploymentException(
                SeveralRegistries, "preflight", $"The image of \"{deployment.Name}\" could go to any of {candidates.Count} registries",
                "choose one with .WithContainerRegistry(registry), on the deployment or on its deployer");
    }

    private static List<IContainerRegistry> CandidatesOf(KubernetesDeployerResource deployer, IResource deployment) =>
        deployment.TryGetLastAnnotation<ContainerRegistryReferenceAnnotation>(out var own) || deployer.TryGetLastAnnotation(out own)
            ? [own.Registry]
            : [.. deployment.Annotations.OfType<RegistryTargetAnnotation>().Select(annotation => annotation.Registry).Distinct()];
}
