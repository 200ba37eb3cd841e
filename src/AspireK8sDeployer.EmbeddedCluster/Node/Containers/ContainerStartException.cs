namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>A container's program could not be started; the message is the container runtime's.</summary>
internal sealed class ContainerStartException(string problem, Exception? inner = null) : Exception(
    $"failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: {problem}",
    inner);
