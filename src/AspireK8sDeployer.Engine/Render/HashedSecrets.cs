using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>
/// Secrets for a cluster: immutable, and named after their content, so that a changed value is a new object, rolls the
/// pods, and leaves older ReplicaSets able to start.
/// </summary>
/// <param name="salt">Kept in the cluster: with a plain hash whoever sees the name could try values against it.</param>
internal sealed class HashedSecrets(byte[] salt) : ISecretForm
{
    private const int HashLength = 10;

    public (string Name, JsonObject Fields) Form(string baseName, string type, IReadOnlyDictionary<string, string> values)
    {
        var sorted = values.OrderBy(item => item.Key, StringComparer.Ordinal).ToList();
        var fields = new JsonObject
        {
            ["type"] = type,
            ["immutable"] = true,
            ["data"] = new JsonObject(sorted.Select(item =>
                KeyValuePair.Create(item.Key, (JsonNode?)Convert.ToBase64String(Encoding.UTF8.GetBytes(item.Value))))),
        };
        return ($"{baseName}-{Hash(type, sorted)}", fields);
    }

    private string Hash(string type, List<KeyValuePair<string, string>> values)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, salt);
        Append(hash, type);
        foreach (var (key, value) in values)
        {
            Append(hash, key);
            Append(hash, value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..HashLength];
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
