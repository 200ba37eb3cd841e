namespace AspireK8sDeployer.Serving;

/// <summary>
/// Fails a run with a message for the caller. Of any other exception the caller learns only which step failed; the rest is
/// in the log.
/// </summary>
public sealed class PipelineFailedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What the caller is told. It must hold nothing that the caller may not see.</param>
    public PipelineFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What the caller is told. It must hold nothing that the caller may not see.</param>
    /// <param name="innerException">What happened. It is logged, and not shown to the caller.</param>
    public PipelineFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
