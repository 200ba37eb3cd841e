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

        var project = builder.AddProject<TProject>(name).WithAnnotation(new PipelineDeploymentAnnotation());
        LocalPipeline.Prepare(project);
        if (builder.ExecutionContext.IsPublishMode)
        {
            DeploymentSteps.Replace(project.Resource);
            builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
            {
                DeployerBinding.Bind(project, start.Model);
                return Task.CompletedTask;
            });
        }

        return project;
    }
}
