using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Cluster;

/// <summary>Tells when a token ended, of those that say so (JSON Web Tokens).</summary>
internal static class TokenAge
{
    public static DateTimeOffset? Expired(string? token, TimeProvider time) => Ends(token) is { } end && end <= time.GetUtcNow() ? end : null;

    private static DateTimeOffset? Ends(string? token)
    {
        if (token?.Split('.') is not [_, var payload, _])
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(Base64Url.DecodeFromChars(payload)) is JsonObject claims && claims["exp"] is JsonValue value && value.TryGetValue(out double seconds)
                ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
                : null;
        }
        catch (Exception failure) when (failure is FormatException or JsonException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
