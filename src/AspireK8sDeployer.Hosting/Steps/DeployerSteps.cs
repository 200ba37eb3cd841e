using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Hosting.Model;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>The steps of a deployer. Aspire makes them more than once in a run, so nothing here remembers anything.</summary>
internal static class DeployerSteps
{
    private const string Untouched = "stopped before anything was applied";

    public static IEnumerable<PipelineStep> Create(PipelineStepFactoryContext context)
    {
        var deployer = (KubernetesDeployerResource)context.Resource;
        var deployments = DeployerBinding.DeploymentsOf(context.PipelineContext.Model, deployer);

        yield return new PipelineStep
        {
            Name = StepNames.Publish(deployer.Name),
            Description = $"Writes the manifests of what {deployer.Name} deploys.",
            Action = StepObserver.Observe(step => PublishStep.RunAsync(step, deployer)),
            DependsOnSteps = [WellKnownPipelineSteps.PublishPrereq],
            RequiredBySteps = [WellKnownPipelineSteps.Publish],
        };
        yield return new PipelineStep
        {
            Name = StepNames.Rbac(deployer.Name),
            Description = $"Prints and writes the roles with the rights that {deployer.Name} needs.",
            Action = StepObserver.Observe(step => RbacStep.RunAsync(step, deployer)),
            DependsOnSteps = [WellKnownPipelineSteps.PublishPrereq],
        };
        yield return new PipelineStep
        {
            Name = StepNames.Cluster(deployer.Name),
            Description = $"Reads the settings, and finds or starts the cluster of {deployer.Name}.",
            Action = StepObserver.Observe(step => ClusterStep.RunAsync(step, deployer), Untouched),
            DependsOnSteps = [WellKnownPipelineSteps.DeployPrereq],
        };
        yield return new PipelineStep
        {
            Name = StepNames.Preflight(deployer.Name),
            Description = $"Checks that the cluster of {deployer.Name} lets us deploy, and that its nodes can pull the images.",
            Action = StepObserver.Observe(step => PreflightStep.RunAsync(step, deployer), Untouched),
            DependsOnSteps = [StepNames.Cluster(deployer.Name)],
        };
        yield return new PipelineStep
        {
            Name = StepNames.Plan(deployer.Name),
            Description = $"Shows what a deploy of {deployer.Name} would change; 'aspire do' runs it.",
            Action = StepObserver.Observe(step => PlanStep.RunAsync(step, deployer)),
            DependsOnSteps = [StepNames.Preflight(deployer.Name), .. deployments.Select(deployment => StepNames.Image(deployment.Name))],
        };
        yield return new PipelineStep
        {
            Name = StepNames.Summary(deployer.Name),
            Description = $"Says what {deployer.Name} deployed, how to call it, see it and remove it.",
            Action = StepObserver.Observe(step => SummaryStep.RunAsync(step, deployer)),
            DependsOnSteps = [StepNames.Preflight(deployer.Name), .. deployments.Select(deployment => StepNames.Deploy(deployment.Name))],
            RequiredBySteps = [WellKnownPipelineSteps.Deploy],
        };
        yield return new PipelineStep
        {
            Name = StepNames.Status(deployer.Name),
            Description = $"Lists what {deployer.Name} has deployed, and how it is doing.",
            Action = StepObserver.Observe(step => StatusStep.RunAsync(step, deployer)),
            DependsOnSteps = [WellKnownPipelineSteps.DeployPrereq],
        };
        yield return new PipelineStep
        {
            Name = StepNames.Destroy(deployer.Name),
            Description = $"Removes everything that {deployer.Name} deployed.",
            Action = StepObserver.Observe(step => DestroyStep.RunAsync(step, deployer)),
            DependsOnSteps = [WellKnownPipelineSteps.DestroyPrereq],
            RequiredBySteps = [WellKnownPipelineSteps.Destroy],
        };
    }
}
