using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>How Aspire itself builds and pushes the image of a project: the SDK into Docker or Podman, and from there to the registry.</summary>
internal static class ImageSteps
{
    public static PipelineStepAnnotation ForProject(ProjectResource project) => new(_ => Steps(project));

    private static IEnumerable<PipelineStep> Steps(ProjectResource project)
    {
        if (!project.RequiresImageBuild())
        {
            return [];
        }

        var build = $"build-{project.Name}";
        return
        [
            new PipelineStep
            {
                Name = build,
                Description = $"Builds the image of '{project.Name}'.",
                Action = context => BuildAsync(project, context),
                Tags = [WellKnownPipelineTags.BuildCompute],
                RequiredBySteps = [WellKnownPipelineSteps.Build],
                DependsOnSteps = [WellKnownPipelineSteps.BuildPrereq, WellKnownPipelineSteps.CheckContainerRuntime],
                Resource = project,
            },
            new PipelineStep
            {
                Name = $"push-{project.Name}",
                Description = $"Pushes the image of '{project.Name}'.",
                Action = context => PushAsync(project, context),
                Tags = [WellKnownPipelineTags.PushContainerImage],
                RequiredBySteps = [WellKnownPipelineSteps.Push],
                DependsOnSteps = [build, WellKnownPipelineSteps.PushPrereq],
                Resource = project,
            },
        ];
    }

    private static async Task BuildAsync(ProjectResource project, PipelineStepContext context)
    {
        var runtime = await ContainerRuntime.FindAsync(context.CancellationToken);
        var rid = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        await CommandLine.RunAsync(
            "dotnet",
            [
                "publish", project.GetProjectMetadata().ProjectPath, "--configuration", "Release", "/t:PublishContainer",
                $"/p:ContainerRepository={LocalName(project)}", "/p:ContainerImageTag=latest",
                $"/p:LocalRegistry={(runtime == "docker" ? "Docker" : "Podman")}",
                $"/p:RuntimeIdentifier={rid}", $"/p:ContainerRuntimeIdentifier={rid}",
            ],
            line => context.Logger.LogDebug("{Line}", line),
            context.CancellationToken);
    }

    private static async Task PushAsync(ProjectResource project, PipelineStepContext context)
    {
        var runtime = await ContainerRuntime.FindAsync(context.CancellationToken);
        var remote = await ImageRegistry.RemoteNameAsync(project, context.CancellationToken);
        await CommandLine.RunAsync(runtime, ["tag", $"{LocalName(project)}:latest", remote], null, context.CancellationToken);
        await CommandLine.RunAsync(runtime, ["push", remote], line => context.Logger.LogDebug("{Line}", line), context.CancellationToken);
    }

    private static string LocalName(ProjectResource project) => project.Name.ToLowerInvariant();
}
