using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace AspireK8sDeployer.EmbeddedCluster.Registry;

/// <summary>The name of a blob by its content: <c>sha256:</c> and 64 hexadecimal digits.</summary>
internal readonly record struct ContentDigest
{
    private const string Prefix = "sha256:";

    private ContentDigest(string hex) => Hex = hex;

    public string Hex { get; }

    public static ContentDigest Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    public static async Task<ContentDigest> OfAsync(Stream content, CancellationToken cancellationToken) =>
        new(Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false)));

    /// <summary>Reads a digest; what it accepts is safe to use as a file name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ContentDigest digest)
    {
        digest = default;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length != Prefix.Length + 64)
        {
            return false;
        }

        var hex = text[Prefix.Length..];
        if (!hex.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        digest = new ContentDigest(hex);
        return true;
    }

    public override string ToString() => Prefix + Hex;
}
