namespace AspireK8sDeployer.EmbeddedCluster.Registry;

/// <summary>A manifest as it was pushed, byte for byte.</summary>
internal sealed record StoredManifest(ContentDigest Digest, string MediaType, byte[] Content);
