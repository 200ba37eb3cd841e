using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Hosting.Steps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Run;

/// <summary>How a pipeline runs on this machine: as Aspire runs any resource, known to be healthy when it takes invocations.</summary>
internal static partial class LocalPipeline
{
    private const string HttpEndpoint = "http";

    public static void Prepare<T>(IResourceBuilder<T> pipeline)
        where T : IResourceWithEndpoints, IResourceWithEnvironment
    {
        // A project without a launch profile has no endpoint, and then nobody could refer to it or call it.
        if (!pipeline.Resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.Name == HttpEndpoint))
        {
            AddEndpoint(pipeline);
        }

        pipeline.WithHttpHealthCheck(PipelinePaths.Health, endpointName: HttpEndpoint);
        if (pipeline.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            pipeline.WithCommand("invoke", "Invoke", context => InvokeCommand.RunAsync(context, UrlOf(pipeline.Resource)), InvokeCommand.Options());
            pipeline.OnResourceReady(SayHowToInvokeAsync);
        }
    }

    // A project is told its port by Aspire, an image has one, and a program of another language is told by convention.
    private static void AddEndpoint<T>(IResourceBuilder<T> pipeline)
        where T : IResourceWithEndpoints, IResourceWithEnvironment => _ = pipeline.Resource switch
        {
            ProjectResource => pipeline.WithHttpEndpoint(name: HttpEndpoint),
            ContainerResource => pipeline.WithHttpEndpoint(targetPort: PipelineDefaults.ServicePort, name: HttpEndpoint),
            _ => pipeline.WithHttpEndpoint(name: HttpEndpoint, env: "PORT"),
        };

    private static async Task SayHowToInvokeAsync<T>(T pipeline, ResourceReadyEvent ready, CancellationToken cancellationToken)
        where T : IResourceWithEndpoints
    {
        var logger = ready.Services.GetRequiredService<ILoggerFactory>().CreateLogger("AspireK8sDeployer");
        var url = UrlOf(pipeline);
        LogReady(logger, pipeline.Name, url, await ExampleInvocation.CurlAsync(url, cancellationToken).ConfigureAwait(false));
    }

    private static Uri UrlOf(IResourceWithEndpoints pipeline) => new(pipeline.GetEndpoint(HttpEndpoint).Url);

    [LoggerMessage(LogLevel.Information, "{Pipeline} is ready at {Url}\n  {Invocation}")]
    private static partial void LogReady(ILogger logger, string pipeline, Uri url, string invocation);
}
