using System.Security.Cryptography;

namespace AspireK8sDeployer.EmbeddedCluster.Api;

/// <summary>Names for <c>generateName</c>: the base and five characters that cannot form words.</summary>
internal static class GeneratedNames
{
    public const int SuffixLength = 5;

    private const int MaxLength = 63;
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    public static string For(string prefix) =>
        prefix[..Math.Min(prefix.Length, MaxLength - SuffixLength)] + RandomNumberGenerator.GetString(Alphabet, SuffixLength);
}
