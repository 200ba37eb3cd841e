namespace AspireK8sDeployer.Hosting.Images;

/// <summary>An image in its registry.</summary>
/// <param name="Image">Registry, repository and tag.</param>
/// <param name="Digest">The digest that the registry gives for it; null when it was not asked, or does not tell.</param>
/// <param name="WasBuilt">Whether it had to be built; otherwise the registry had it.</param>
internal sealed record BuiltImage(ImageReference Image, string? Digest, bool WasBuilt)
{
    private const int ShortLength = 12;
    private const int LabelLength = 63;
    private const int HashLength = 64;

    /// <summary>The reference that a Deployment names.</summary>
    public string Reference { get; init; } = Digest is null ? Image.ToString() : Image.AtDigest(Digest);

    /// <summary>What tells versions apart: the first characters of a hash, else the tag as far as a label can hold it.</summary>
    public string? Version
    {
        get
        {
            var text = Image.Reference[(Image.Reference.IndexOf(':') + 1)..];
            var isHash = text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);
            var version = text[..Math.Min(text.Length, isHash ? ShortLength : LabelLength)].Trim('.', '-', '_');
            return version.Length == 0 ? null : version;
        }
    }
}
