namespace AspireK8sDeployer.Engine.Endpoint;

/// <summary>The pods are ready, and yet the pipeline says that it is not well.</summary>
internal static class UnwellError
{
    public static DeploymentException Of(EndpointTarget target, Uri asked, int status) => new(
        "K8SD501", "endpoint", $"Deployment/{target.Namespace}/{target.Name} is ready, but {asked} answers {status}",
        $"see 'kubectl logs -n {target.Namespace} deployment/{target.Name}'; an image of your own must answer {target.HealthPath} with 200");
}
