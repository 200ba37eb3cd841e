namespace AspireK8sDeployer.EmbeddedCluster.Node.Images;

/// <summary>An image that is on this node, unpacked.</summary>
/// <param name="Id">The digest of its configuration, which names the content.</param>
/// <param name="ManifestDigest">The digest of its manifest.</param>
/// <param name="RepositoryDigest">What the kubelet shows as <c>imageID</c>: <c>registry/repository@digest</c>.</param>
/// <param name="RootDirectory">Where its files are.</param>
/// <param name="Config">How it is run.</param>
/// <param name="Size">How many bytes its layers are, as pulled.</param>
internal sealed record LocalImage(string Id, string ManifestDigest, string RepositoryDigest, string RootDirectory, ImageConfig Config, long Size);
