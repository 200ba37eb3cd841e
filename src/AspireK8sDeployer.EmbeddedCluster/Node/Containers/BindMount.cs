namespace AspireK8sDeployer.EmbeddedCluster.Node.Containers;

/// <summary>A file or directory of this machine that a container sees at a path of its own.</summary>
internal sealed record BindMount(string Source, string Target, bool ReadOnly);
