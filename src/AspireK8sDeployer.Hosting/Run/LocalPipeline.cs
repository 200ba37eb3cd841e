using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Hosting.Steps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Run;

/// <summary>How a pipeline runs on this machine: as Aspire runs any project, known to be healthy when it takes invocations.</summary>
internal static partial class LocalPipeline
{
    private const string HttpEndpoint = "http";

    public static void Prepare(IResourceBuilder<ProjectResource> project)
    {
        // A project without a launch profile has no endpoint, and then nobody could refer to it or call it.
        if (!project.Resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.Name == HttpEndpoint))
        {
            project.WithHttpEndpoint(name: HttpEndpoint);
        }

        project.WithHttpHealthCheck(PipelinePaths.Health, endpointName: HttpEndpoint);
        if (project.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            project.WithCommand("invoke", "Invoke", context => InvokeCommand.RunAsync(context, UrlOf(project.Resource)), InvokeCommand.Options());
            project.OnResourceReady(SayHowToInvokeAsync);
        }
    }

    private static async Task SayHowToInvokeAsync(ProjectResource pipeline, ResourceReadyEvent ready, CancellationToken cancellationToken)
    {
        var logger = ready.Services.GetRequiredService<ILoggerFactory>().CreateLogger("AspireK8sDeployer");
        var url = UrlOf(pipeline);
        LogReady(logger, pipeline.Name, url, await ExampleInvocation.CurlAsync(url, cancellationToken).ConfigureAwait(false));
    }

    private static Uri UrlOf(ProjectResource pipeline) => new(pipeline.GetEndpoint(HttpEndpoint).Url);

    [LoggerMessage(LogLevel.Information, "{Pipeline} is ready at {Url}\n  {Invocation}")]
    private static partial void LogReady(ILogger logger, string pipeline, Uri url, string invocation);
}
