using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Client;

namespace AspireK8sDeployer.Hosting.Run;

/// <summary>How a pipeline runs on this machine: as Aspire runs any project, known to be healthy when it takes invocations.</summary>
internal static class LocalPipeline
{
    private const string HttpEndpoint = "http";

    public static void Prepare(IResourceBuilder<ProjectResource> project)
    {
        // A project without a launch profile has no endpoint, and then nobody could refer to it or call it.
        if (!project.Resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.UriScheme == "http"))
        {
            project.WithHttpEndpoint(name: HttpEndpoint);
        }

        project.WithHttpHealthCheck(PipelinePaths.Health, endpointName: HttpEndpoint);
    }
}
