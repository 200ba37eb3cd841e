using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Images;
using AspireK8sDeployer.Hosting.Model;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>The steps of a pipeline deployment, in place of those that Aspire gives its resource.</summary>
internal static class DeploymentSteps
{
    private const string Code = "K8SD804";

    /// <summary>
    /// Makes the resource's steps ours for as long as a deployer of ours takes it. Aspire's own ones build and push with a
    /// container runtime, which nobody needs here; bound to another compute environment, the resource keeps them.
    /// </summary>
    public static void Replace(IResource resource)
    {
        var own = resource.Annotations.OfType<PipelineStepAnnotation>().ToList();
        foreach (var annotation in own)
        {
            resource.Annotations.Remove(annotation);
        }

        resource.Annotations.Add(new PipelineStepAnnotation(context => CreateAsync(context, own)));
    }

    private static async Task<IEnumerable<PipelineStep>> CreateAsync(PipelineStepFactoryContext context, List<PipelineStepAnnotation> own)
    {
        if (context.Resource.Annotations.OfType<UnboundAnnotation>().FirstOrDefault() is { } unbound)
        {
            return [BindingStep(context.Resource, unbound)];
        }

        if (DeployerBinding.DeployerOf(context.Resource) is { } deployer)
        {
            // What is neither a project nor an image is built as Aspire does it, and only then known to us.
            var building = ImageSource.IsBuiltByAspire(context.Resource) ? await CreateAsync(own, context).ConfigureAwait(false) : [];
            return [.. building, ImageStepOf(context.Resource, deployer, building), DeployStepOf(context.Resource, deployer), .. LaterStepsOf(context.Resource, deployer)];
        }

        return await CreateAsync(own, context).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<PipelineStep>> CreateAsync(List<PipelineStepAnnotation> annotations, PipelineStepFactoryContext context)
    {
        var steps = new List<PipelineStep>();
        foreach (var annotation in annotations)
        {
            steps.AddRange(await annotation.CreateStepsAsync(context).ConfigureAwait(false));
        }

        return steps;
    }

    private static PipelineStep ImageStepOf(IResource resource, KubernetesDeployerResource deployer, IReadOnlyList<PipelineStep> building) => new()
    {
        Name = StepNames.Image(resource.Name),
        Description = $"Makes sure that there is an image of {resource.Name}: builds and pushes it, unless the registry has it.",
        Action = StepObserver.Observe(step => ImageStep.RunAsync(step, deployer, resource), $"{resource.Name}: stopped before anything of it was applied"),
        DependsOnSteps = [StepNames.Preflight(deployer.Name), .. building.Select(step => step.Name)],
        Resource = resource,
    };

    private static PipelineStep DeployStepOf(IResource resource, KubernetesDeployerResource deployer) => new()
    {
        Name = StepNames.Deploy(resource.Name),
        Description = $"Plans, applies and waits until {resource.Name} answers.",
        Action = StepObserver.Observe(step => DeployStep.RunAsync(step, deployer, resource)),
        DependsOnSteps = [StepNames.Image(resource.Name)],
        RequiredBySteps = [WellKnownPipelineSteps.Deploy],
        Tags = [WellKnownPipelineTags.DeployCompute],
        Resource = resource,
    };

    // For what runs already: each is run by its name alone.
    private static IEnumerable<PipelineStep> LaterStepsOf(IResource resource, KubernetesDeployerResource deployer)
    {
        PipelineStep Of(string name, string description, Func<PipelineStepContext, Task> action) => new()
        {
            Name = name,
            Description = description,
            Action = StepObserver.Observe(action),
            DependsOnSteps = [WellKnownPipelineSteps.DeployPrereq],
            Resource = resource,
        };
        yield return Of(StepNames.Logs(resource.Name), $"Shows what the pods of {resource.Name} wrote.", step => LogsStep.RunAsync(step, deployer, resource));
        yield return Of(StepNames.Invoke(resource.Name), $"Invokes {resource.Name} once.", step => InvokeStep.RunAsync(step, deployer, resource));
        yield return Of(StepNames.Rollback(resource.Name), $"Brings an earlier revision of {resource.Name} back.", step => RollbackStep.RunAsync(step, deployer, resource));
    }

    private static PipelineStep BindingStep(IResource resource, UnboundAnnotation unbound) => new()
    {
        Name = StepNames.Binding(resource.Name),
        Description = $"Says why no deployer takes {resource.Name}.",
        Action = StepObserver.Observe(_ => throw new DeploymentException(Code, "settings", unbound.Problem, unbound.Fix)),
        RequiredBySteps = [WellKnownPipelineSteps.PublishPrereq, WellKnownPipelineSteps.DeployPrereq],
        Resource = resource,
    };
}
