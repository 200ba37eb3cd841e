using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The part of a name that tells the content: another content is another object.</summary>
internal static class ContentHash
{
    private const int Length = 10;

    /// <param name="salt">For what must not be guessed from the name; empty for what anybody may read.</param>
    /// <param name="parts">What is hashed.</param>
    public static string Of(ReadOnlySpan<byte> salt, IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, salt);
        foreach (var part in parts)
        {
            Append(hash, part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Length];
    }

    // With its length before it, so that "a"+"bc" and "ab"+"c" differ.
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
