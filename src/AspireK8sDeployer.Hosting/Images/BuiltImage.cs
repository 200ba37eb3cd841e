namespace AspireK8sDeployer.Hosting.Images;

/// <summary>An image in its registry.</summary>
/// <param name="Image">Registry, repository and tag.</param>
/// <param name="Digest">The digest that the registry gives for it.</param>
/// <param name="WasBuilt">Whether it had to be built; otherwise the registry had it.</param>
internal sealed record BuiltImage(ImageReference Image, string Digest, bool WasBuilt)
{
    private const int VersionLength = 12;

    /// <summary>The reference that a Deployment names.</summary>
    public string Reference => Image.AtDigest(Digest);

    /// <summary>The first characters of the tag: enough to tell versions apart.</summary>
    public string Version => Image.Reference[..VersionLength];
}
