namespace AspireK8sDeployer.Client;

/// <summary>The answer is not one that a pipeline gives, or does not fit the type that was asked for.</summary>
public sealed class PipelineAnswerException : PipelineClientException
{
    internal PipelineAnswerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal PipelineAnswerException(string message)
        : base(message)
    {
    }
}
