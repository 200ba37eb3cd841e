using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using static Aspire.Hosting.Pipelines.WellKnownPipelineSteps;

namespace Aspire.Hosting.Pipelines;

/// <summary>The steps every pipeline has: for each verb what comes before all its steps, and what comes after them.</summary>
internal static class WellKnownSteps
{
    public static IEnumerable<PipelineStep> Create() =>
    [
        Step(ValidateComputeEnvironments, "Checks that every compute resource has one environment.", CheckComputeEnvironments, BeforeStart),
        Step(BeforeStart, "Everything that runs before the application starts."),
        Step(ProcessParameters, "Finds the values of the parameters.", Parameters, DeployPrereq, BuildPrereq, PublishPrereq),
        Step(BuildPrereq, "Runs before anything is built."),
        Step(Build, "Everything that is built."),
        Step(CheckContainerRuntime, "Checks that Docker or Podman runs.", ContainerRuntime.CheckAsync),
        Step(PushPrereq, "Checks that every image has a registry.", CheckRegistries),
        Step(Push, "Everything that is pushed.", dependsOn: [PushPrereq]),
        Step(PublishPrereq, "Runs before anything is published."),
        Step(Publish, "Everything that is published."),
        Step(DeployPrereq, "Runs before anything is deployed: state and image tags.", PrepareDeployAsync),
        Step(Deploy, "Everything that is deployed."),
        Step(DestroyPrereq, "Runs before anything is destroyed."),
        Step(Destroy, "Everything that is destroyed; forgets the saved state.", ForgetStateAsync),
        Step(Diagnostics, "Prints the graph of steps.", PrintGraphAsync),
    ];

    private static PipelineStep Step(
        string name, string description, Func<PipelineStepContext, Task>? action = null, params string[] requiredBy) =>
        new() { Name = name, Description = description, Action = action ?? (_ => Task.CompletedTask), RequiredBySteps = [.. requiredBy] };

    private static PipelineStep Step(string name, string description, List<string> dependsOn) =>
        new() { Name = name, Description = description, Action = _ => Task.CompletedTask, DependsOnSteps = dependsOn };

    private static Task CheckComputeEnvironments(PipelineStepContext context)
    {
        var environments = context.Model.Resources.OfType<IComputeEnvironmentResource>().ToArray();
        var unbound = context.Model.Resources.OfType<IComputeResource>().Where(r => r.GetComputeEnvironment() is null).ToArray();

        return environments.Length <= 1 || unbound.Length == 0
            ? Task.CompletedTask
            : throw new InvalidOperationException(
                $"There are several compute environments ({NamesOf(environments)}), and it is not said where to deploy {NamesOf(unbound)}. "
                + "Say it with 'WithComputeEnvironment'.");
    }

    private static Task Parameters(PipelineStepContext context) =>
        context.Services.GetRequiredService<ParameterPrompt>().ResolveAsync(context.Model, context.CancellationToken);

    private static Task CheckRegistries(PipelineStepContext context)
    {
        foreach (var resource in context.Model.Resources.Where(r => r.RequiresImageBuild()))
        {
            _ = ImageRegistry.Of(resource);
        }

        return Task.CompletedTask;
    }

    private static async Task PrepareDeployAsync(PipelineStepContext context)
    {
        var environment = context.Services.GetRequiredService<IHostEnvironment>().EnvironmentName;
        context.Logger.LogInformation("Initializing deployment for environment '{Environment}'", environment);

        var state = context.Services.GetRequiredService<IDeploymentStateManager>();
        var isSaved = state.StateFilePath is { } path && File.Exists(path);
        if (isSaved && !context.Services.GetRequiredService<IOptions<PipelineOptions>>().Value.ClearCache)
        {
            context.Logger.LogInformation("Deployment state will be loaded from: {Path}", state.StateFilePath);
        }
        else if (isSaved)
        {
            await ConfirmAndClearAsync(context, state, environment);
        }

        var time = context.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var tag = $"aspire-deploy-{time.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}";
        foreach (var resource in context.Model.Resources.Where(r => r.RequiresImageBuild()))
        {
            if (!resource.HasAnnotationOfType<ContainerImagePushOptionsCallbackAnnotation>())
            {
                resource.Annotations.Add(new ContainerImagePushOptionsCallbackAnnotation(options => options.Options.RemoteImageTag = tag));
            }
        }
    }

    private static async Task ConfirmAndClearAsync(PipelineStepContext context, IDeploymentStateManager state, string environment)
    {
        var interaction = context.Services.GetRequiredService<IInteractionService>();
        if (!interaction.IsAvailable)
        {
            return;
        }

        var answer = await interaction.PromptNotificationAsync(
            "Clear deployment state",
            $"The saved deployment state of the environment '{environment}' will be deleted. Continue?",
            new NotificationInteractionOptions { Intent = MessageIntent.Confirmation, ShowSecondaryButton = true, PrimaryButtonText = "Yes", SecondaryButtonText = "No" },
            context.CancellationToken);
        if (answer.Canceled || !answer.Data)
        {
            throw new OperationCanceledException("The deployment was canceled.");
        }

        await state.ClearAllStateAsync(context.CancellationToken);
    }

    private static Task ForgetStateAsync(PipelineStepContext context) =>
        context.Services.GetRequiredService<IDeploymentStateManager>().ClearAllStateAsync(context.CancellationToken);

    private static async Task PrintGraphAsync(PipelineStepContext context)
    {
        var pipeline = context.Services.GetRequiredService<DistributedApplicationPipeline>();
        foreach (var step in await pipeline.ResolveAsync(context.PipelineContext, target: null))
        {
            context.Logger.LogInformation(
                "{Step} [{Tags}] after {Dependencies}", step.Name, string.Join(", ", step.Tags), string.Join(", ", step.DependsOnSteps.Distinct()));
        }
    }

    private static string NamesOf(IEnumerable<IResource> resources) => string.Join(", ", resources.Select(r => $"'{r.Name}'"));
}
