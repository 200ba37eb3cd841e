namespace AspireK8sDeployer.Client;

/// <summary>A pipeline answered, but not with what was asked for. What it answered is in the derived types.</summary>
public abstract class PipelineClientException : Exception
{
    private protected PipelineClientException(string message)
        : base(message)
    {
    }

    private protected PipelineClientException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
