using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Hosting;
using AspireK8sDeployer.Hosting.Model;
using AspireK8sDeployer.Hosting.Output;
using AspireK8sDeployer.Hosting.Steps;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Aspire.Hosting;

/// <summary>Declares where pipelines are deployed.</summary>
public static partial class KubernetesDeployerExtensions
{
    /// <summary>Adds a deployer, which publishes and deploys pipelines to a Kubernetes cluster.</summary>
    /// <param name="builder">The AppHost.</param>
    /// <param name="name">The deployer's name. Its settings may also come from the configuration section <c>KubernetesDeployer:{name}</c>.</param>
    /// <returns>The deployer, to say which cluster it deploys to.</returns>
    /// <remarks>
    /// Pipeline deployments go to the only deployer there is; with several, each names its own with <c>WithComputeEnvironment</c>.
    /// While the AppHost runs its resources locally, a deployer does nothing.
    /// </remarks>
    /// <example>
    /// <code>
    /// builder.AddKubernetesDeployer("k8s").WithEmbeddedCluster();
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter");
    /// </code>
    /// </example>
    public static IResourceBuilder<KubernetesDeployerResource> AddKubernetesDeployer(
        this IDistributedApplicationBuilder builder, [ResourceName] string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        builder.Services.TryAddSingleton<DeploySession>();
        PlainConsole.Use(builder);
        Interruption.Observe();
        var deployer = new KubernetesDeployerResource(name, builder.Configuration, builder.AppHostDirectory);
        return builder.ExecutionContext.IsRunMode
            ? builder.CreateResourceBuilder(deployer)
            : builder.AddResource(deployer).WithAnnotation(new PipelineStepAnnotation(DeployerSteps.Create));
    }

    /// <summary>Deploys to the cluster of a kubeconfig context.</summary>
    /// <param name="builder">The deployer.</param>
    /// <param name="context">The context, for example <c>"prod"</c>.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>
    /// The context is looked up in the file of <see cref="WithKubeconfig(IResourceBuilder{KubernetesDeployerResource}, string)"/>,
    /// else where kubectl looks. A second call replaces the first. A machine's current context alone is never used.
    /// </remarks>
    public static IResourceBuilder<KubernetesDeployerResource> WithKubeContext(
        this IResourceBuilder<KubernetesDeployerResource> builder, string context)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(context);

        return builder.WithAnnotation(new KubeContextAnnotation(context), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <inheritdoc cref="WithKubeContext(IResourceBuilder{KubernetesDeployerResource}, string)"/>
    /// <param name="builder">The deployer.</param>
    /// <param name="context">A parameter with the context's name.</param>
    public static IResourceBuilder<KubernetesDeployerResource> WithKubeContext(
        this IResourceBuilder<KubernetesDeployerResource> builder, IResourceBuilder<ParameterResource> context)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(context);

        return builder.WithAnnotation(new KubeContextAnnotation(context.Resource), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Deploys to a cluster of a kubeconfig file: its current context, or that of <c>WithKubeContext</c>.</summary>
    /// <param name="builder">The deployer.</param>
    /// <param name="path">The file.</param>
    /// <returns>The same builder, for chaining.</returns>
    public static IResourceBuilder<KubernetesDeployerResource> WithKubeconfig(
        this IResourceBuilder<KubernetesDeployerResource> builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);

        return builder.WithAnnotation(new KubeconfigAnnotation(path), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <inheritdoc cref="WithKubeconfig(IResourceBuilder{KubernetesDeployerResource}, string)"/>
    /// <param name="builder">The deployer.</param>
    /// <param name="path">A parameter with the file's path.</param>
    public static IResourceBuilder<KubernetesDeployerResource> WithKubeconfig(
        this IResourceBuilder<KubernetesDeployerResource> builder, IResourceBuilder<ParameterResource> path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(path);

        return builder.WithAnnotation(new KubeconfigAnnotation(path.Resource), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Sets the namespace of everything that this deployer deploys, unless a deployment names its own.</summary>
    /// <param name="builder">The deployer.</param>
    /// <param name="namespace">The namespace. It is created when it is missing.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>Without this call it is <c>pipeline-deployments</c>.</remarks>
    public static IResourceBuilder<KubernetesDeployerResource> WithNamespace(
        this IResourceBuilder<KubernetesDeployerResource> builder, string @namespace)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(@namespace);

        return builder.WithAnnotation(new DeploymentOptionsAnnotation(options => options.Namespace = @namespace));
    }

    /// <inheritdoc cref="WithNamespace(IResourceBuilder{KubernetesDeployerResource}, string)"/>
    /// <param name="builder">The deployer.</param>
    /// <param name="namespace">A parameter with the namespace.</param>
    public static IResourceBuilder<KubernetesDeployerResource> WithNamespace(
        this IResourceBuilder<KubernetesDeployerResource> builder, IResourceBuilder<ParameterResource> @namespace)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(@namespace);

        return builder.WithAnnotation(new DeploymentOptionsAnnotation(options => options.Namespace = @namespace.Resource));
    }
}
