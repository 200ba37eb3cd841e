using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Store;

namespace AspireK8sDeployer.EmbeddedCluster.Auth;

/// <summary>Signs and checks the JSON web tokens of service accounts.</summary>
internal sealed class TokenIssuer
{
    public const string Audience = "https://kubernetes.default.svc";

    private readonly ECDsa _key;
    private readonly TimeProvider _time;

    public TokenIssuer(ECDsa key, TimeProvider time)
    {
        _key = key;
        _time = time;
        KeyId = Base64Url.EncodeToString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    public string KeyId { get; }

    public (string Token, DateTimeOffset Expires) Issue(TokenClaims claims, TimeSpan lifetime)
    {
        var now = _time.GetUtcNow();
        var expires = now + lifetime;
        var account = new JsonObject { ["name"] = claims.ServiceAccount, ["uid"] = claims.ServiceAccountUid };
        var kubernetes = new JsonObject { ["namespace"] = claims.Namespace, ["serviceaccount"] = account };
        if (claims.BoundKind is { } kind)
        {
            kubernetes[kind.ToLowerInvariant()] = new JsonObject { ["name"] = claims.BoundName, ["uid"] = claims.BoundUid };
        }

        var body = new JsonObject
        {
            ["aud"] = new JsonArray([.. claims.Audiences.Select(audience => (JsonNode)audience)]),
            ["exp"] = expires.ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["iss"] = Audience,
            ["jti"] = claims.Id,
            ["kubernetes.io"] = kubernetes,
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["sub"] = ServiceAccounts.UserName(claims.Namespace, claims.ServiceAccount),
        };
        var head = new JsonObject { ["alg"] = "ES256", ["kid"] = KeyId };
        var signed = $"{Base64Url.EncodeToString(JsonBytes.Of(head))}.{Base64Url.EncodeToString(JsonBytes.Of(body))}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return ($"{signed}.{Base64Url.EncodeToString(signature)}", expires);
    }

    /// <summary>What a token says, when this server signed it and its time has not passed; else null.</summary>
    public TokenClaims? Verify(string token)
    {
        var parts = token.Split('.');
        try
        {
            if (parts.Length != 3
                || !_key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256))
            {
                return null;
            }

            using var body = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return Read(body.RootElement);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The public key as a JSON web key set.</summary>
    public JsonObject KeySet()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["use"] = "sig",
                ["kty"] = "EC",
                ["kid"] = KeyId,
                ["crv"] = "P-256",
                ["alg"] = "ES256",
                ["x"] = Base64Url.EncodeToString(point.X!),
                ["y"] = Base64Url.EncodeToString(point.Y!),
            }),
        };
    }

    private TokenClaims? Read(JsonElement body)
    {
        if (body.GetProperty("exp").GetInt64() <= _time.GetUtcNow().ToUnixTimeSeconds())
        {
            return null;
        }

        var kubernetes = body.GetProperty("kubernetes.io");
        var account = kubernetes.GetProperty("serviceaccount");
        var claims = new TokenClaims(
            kubernetes.GetProperty("namespace").GetString()!,
            account.GetProperty("name").GetString()!,
            account.GetProperty("uid").GetString()!,
            [.. body.GetProperty("aud").EnumerateArray().Select(audience => audience.GetString()!)])
        {
            Id = body.GetProperty("jti").GetString()!,
        };
        foreach (var kind in (string[])["Pod", "Secret", "Node"])
        {
            if (kubernetes.TryGetProperty(kind.ToLowerInvariant(), out var bound))
            {
                claims = claims with
                {
                    BoundKind = kind,
                    BoundName = bound.GetProperty("name").GetString()!,
                    BoundUid = bound.GetProperty("uid").GetString()!,
                };
            }
        }

        return claims;
    }
}

/// <summary>Who a token is for, and what it lives and dies with.</summary>
internal sealed record TokenClaims(string Namespace, string ServiceAccount, string ServiceAccountUid, IReadOnlyList<string> Audiences)
{
    public string Id { get; init; } = Guid.NewGuid().ToString();

    public string? BoundKind { get; init; }

    public string BoundName { get; init; } = "";

    public string BoundUid { get; init; } = "";
}
