using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AspireK8sDeployer.Hosting.Model;

/// <summary>Which deployer takes which pipeline deployment: the one it names, else the only one there is.</summary>
internal static class DeployerBinding
{
    /// <summary>Binds a pipeline deployment, if it names no compute environment itself; called before Aspire checks the bindings.</summary>
    public static void Bind<T>(IResourceBuilder<T> builder, DistributedApplicationModel model)
        where T : IComputeResource
    {
        var resource = builder.Resource;
        if (resource.GetComputeEnvironment() is null && !resource.IsExcludedFromPublish())
        {
            BindToOnlyDeployer(builder, model);
        }

        if (DeployerOf(resource) is { } deployer)
        {
            resource.Annotations.Add(new DeploymentTargetAnnotation(deployer) { ComputeEnvironment = deployer, ContainerRegistry = new DeployerRegistry(deployer) });
        }
    }

    /// <summary>Whether a resource is a pipeline that deployers deploy.</summary>
    public static bool IsPipelineDeployment(IResource resource) => resource.Annotations.OfType<PipelineDeploymentAnnotation>().Any();

    /// <summary>The pipeline deployments that a deployer takes.</summary>
    public static IReadOnlyList<IComputeResource> DeploymentsOf(DistributedApplicationModel model, KubernetesDeployerResource deployer) =>
        [.. model.Resources.OfType<IComputeResource>().Where(resource => IsPipelineDeployment(resource) && IsBoundTo(resource, deployer))];

    /// <summary>Other compute resources that name a deployer, which deploys none of them.</summary>
    public static IReadOnlyList<IComputeResource> ForeignTo(DistributedApplicationModel model, KubernetesDeployerResource deployer) =>
        [.. model.Resources.OfType<IComputeResource>().Where(resource => !IsPipelineDeployment(resource) && IsBoundTo(resource, deployer))];

    /// <summary>The deployer that takes a resource, when one does.</summary>
    public static KubernetesDeployerResource? DeployerOf(IResource resource) =>
        resource.Annotations.OfType<UnboundAnnotation>().Any() || resource.IsExcludedFromPublish()
            ? null
            : resource.GetComputeEnvironment() as KubernetesDeployerResource;

    private static void BindToOnlyDeployer<T>(IResourceBuilder<T> builder, DistributedApplicationModel model)
        where T : IComputeResource
    {
        var resource = builder.Resource;
        var deployers = model.Resources.OfType<KubernetesDeployerResource>().ToList();
        if (deployers.Count != 1)
        {
            resource.Annotations.Add(Unbound(resource.Name, deployers));
        }

        // Aspire's own check of ambiguous bindings ends in a stack trace. Bound to any one, it passes, and our step explains.
        if (deployers.Count > 0)
        {
            builder.WithComputeEnvironment(builder.ApplicationBuilder.CreateResourceBuilder((IComputeEnvironmentResource)deployers[0]));
        }
    }

    private static bool IsBoundTo(IResource resource, KubernetesDeployerResource deployer) => ReferenceEquals(DeployerOf(resource), deployer);

    private static UnboundAnnotation Unbound(string name, List<KubernetesDeployerResource> deployers) => deployers.Count == 0
        ? new UnboundAnnotation(
            $"Pipeline deployment \"{name}\" has no deployer",
            "add one with builder.AddKubernetesDeployer(\"k8s\").WithEmbeddedCluster(), or .WithKubeContext(\"…\") for a cluster of yours")
        : new UnboundAnnotation(
            $"Pipeline deployment \"{name}\" could go to any of the deployers {string.Join(", ", deployers.Select(deployer => $"\"{deployer.Name}\""))}",
            $"choose one with .WithComputeEnvironment({deployers[0].Name})");
}
