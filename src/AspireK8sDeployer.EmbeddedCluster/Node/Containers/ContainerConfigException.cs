namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>What a container's configuration refers to is not there, or its security settings forbid it to run; heals when that changes.</summary>
internal sealed class ContainerConfigException(string message) : Exception(message);
