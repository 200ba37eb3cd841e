namespace AspireK8sDeployer.Client;

/// <summary>Defaults that the deployer, the served pipeline and its callers share.</summary>
public static class PipelineDefaults
{
    /// <summary>The port of a pipeline's service when none is configured.</summary>
    public const int ServicePort = 8000;

    /// <summary>The seconds after which a run is cancelled when the caller does not say.</summary>
    public const int TimeoutSeconds = 300;

    /// <summary>
    /// The name under which a result that is not an object, such as a string or an array, stands in <c>outputs</c>.
    /// </summary>
    public const string OutputName = "output";
}
