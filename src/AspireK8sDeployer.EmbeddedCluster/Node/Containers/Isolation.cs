namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>How far a container's process can be given a view of its own on this machine.</summary>
internal enum Isolation
{
    /// <summary>Not at all: paths of the image and of mounts are rewritten in command, arguments, environment and working directory.</summary>
    None,

    /// <summary>In namespaces that an ordinary user may make; every process is that user.</summary>
    UserNamespace,

    /// <summary>In namespaces made by root; a container may run as any user.</summary>
    Root,
}
