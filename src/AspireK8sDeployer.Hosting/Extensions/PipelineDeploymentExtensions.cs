using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Hosting.Model;
using AspireK8sDeployer.Hosting.Run;
using AspireK8sDeployer.Hosting.Steps;

namespace Aspire.Hosting;

/// <summary>Declares pipelines that are deployed.</summary>
public static class PipelineDeploymentExtensions
{
    /// <summary>Adds a pipeline that a project serves: run locally, and published and deployed by a Kubernetes deployer.</summary>
    /// <typeparam name="TProject">The project, as the AppHost's SDK generates it from a project reference.</typeparam>
    /// <param name="builder">The AppHost.</param>
    /// <param name="name">
    /// The deployment's name, and that of its objects in the cluster. Its settings may also come from the configuration section
    /// <c>PipelineDeployments:{name}</c>.
    /// </param>
    /// <returns>The project, so that references, parameters and everything else in Aspire works with it.</returns>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment&lt;Projects.Greeter_Pipeline&gt;("greeter")
    ///        .WithResources(cpu: 2, memory: "4GB", minReplicas: 2);
    /// </code>
    /// </example>
    public static IResourceBuilder<ProjectResource> AddPipelineDeployment<TProject>(
        this IDistributedApplicationBuilder builder, [ResourceName] string name)
        where TProject : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        return builder.AddProject<TProject>(name).AsPipelineDeployment();
    }

    /// <summary>Adds a pipeline that is an image already, of any language, and speaks the HTTP contract of a pipeline.</summary>
    /// <param name="builder">The AppHost.</param>
    /// <param name="name">The deployment's name, and that of its objects in the cluster.</param>
    /// <param name="image">The image, for example <c>registry.example.com/greeter:1.4</c>; a digest in it is the surest.</param>
    /// <returns>The container, so that references, parameters and everything else in Aspire works with it.</returns>
    /// <remarks>
    /// Nothing is built or pushed: the cluster's nodes pull the image, with <c>WithImagePull</c> if it needs credentials. It is probed at
    /// <c>/health</c>, runs as the image's own user, and listens on the port of <c>WithService</c>, 8000 by default.
    /// </remarks>
    /// <example>
    /// <code>
    /// builder.AddPipelineDeployment("greeter", "registry.example.com/greeter:1.4")
    ///        .WithImagePull(i => i.Secrets = ["registry-login"]);
    /// </code>
    /// </example>
    public static IResourceBuilder<ContainerResource> AddPipelineDeployment(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string image)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(image);

        return builder.AddContainer(name, image).AsPipelineDeployment();
    }

    /// <summary>Makes any other compute resource a pipeline deployment: a Dockerfile, a Python or Node app, a container.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    /// <param name="builder">The resource, which speaks the HTTP contract of a pipeline.</param>
    /// <returns>The same builder, for chaining.</returns>
    /// <remarks>
    /// An image that has to be built is built and pushed as Aspire does it, with a container runtime; that of a project is built without
    /// one. A resource without an HTTP endpoint gets one. A second call changes nothing.
    /// </remarks>
    /// <example>
    /// <code>
    /// builder.AddDockerfile("greeter", "../greeter")
    ///        .AsPipelineDeployment()
    ///        .WithResources(memory: "1GiB");
    /// </code>
    /// </example>
    public static IResourceBuilder<T> AsPipelineDeployment<T>(this IResourceBuilder<T> builder)
        where T : IComputeResource, IResourceWithEndpoints, IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);

        if (DeployerBinding.IsPipelineDeployment(builder.Resource))
        {
            return builder;
        }

        builder.WithAnnotation(new PipelineDeploymentAnnotation());
        LocalPipeline.Prepare(builder);
        if (builder.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            DeploymentSteps.Replace(builder.Resource);
            builder.ApplicationBuilder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
            {
                DeployerBinding.Bind(builder, start.Model);
                return Task.CompletedTask;
            });
        }

        return builder;
    }
}
