namespace AspireK8sDeployer.Client;

/// <summary>The paths that a served pipeline answers, relative to its base address.</summary>
public static class PipelinePaths
{
    /// <summary>Runs the pipeline and answers with its outputs: <c>POST</c>.</summary>
    public const string Invoke = "/invoke";

    /// <summary>Answers 200 when the pipeline takes invocations and 503 while it starts or drains.</summary>
    public const string Health = "/health";

    /// <summary>Answers 200 for as long as the process lives.</summary>
    public const string HealthLive = "/health/live";

    /// <summary>Describes the deployment, the pipeline and its schemas.</summary>
    public const string Info = "/info";

    /// <summary>Prometheus metrics, on a port of their own.</summary>
    public const string Metrics = "/metrics";
}
