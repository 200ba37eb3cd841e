namespace AspireK8sDeployer.EmbeddedCluster;

/// <summary>The background process of a cluster could not be started or stopped. The message says why and what to do.</summary>
public sealed class ClusterProcessException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ClusterProcessException()
    {
    }

    /// <summary>Creates the exception with a message for the user.</summary>
    public ClusterProcessException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message for the user and the cause.</summary>
    public ClusterProcessException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
