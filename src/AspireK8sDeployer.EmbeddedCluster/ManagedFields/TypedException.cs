namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>A value that the schema does not allow in an applied object; the message is the server's.</summary>
internal sealed class TypedException(string message) : Exception(message);
