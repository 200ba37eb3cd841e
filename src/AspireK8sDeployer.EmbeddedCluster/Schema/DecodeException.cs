namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>A value that does not fit its type; the message is the server's.</summary>
internal sealed class DecodeException(string message) : Exception(message);
