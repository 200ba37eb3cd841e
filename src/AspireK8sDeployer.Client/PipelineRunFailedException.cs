namespace AspireK8sDeployer.Client;

/// <summary>The pipeline ran and failed, or was cancelled by its time-out.</summary>
public sealed class PipelineRunFailedException : PipelineClientException
{
    internal PipelineRunFailedException(InvokeResponse response)
        : base($"Run {response.Metadata.RunId} of pipeline '{response.Metadata.PipelineName}' failed: {response.Error}") =>
        Response = response;

    /// <summary>The pipeline's answer.</summary>
    public InvokeResponse Response { get; }
}
