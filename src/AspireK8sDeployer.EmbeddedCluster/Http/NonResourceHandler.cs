using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Auth;
using AspireK8sDeployer.EmbeddedCluster.Discovery;
using Microsoft.AspNetCore.Http;

namespace AspireK8sDeployer.EmbeddedCluster.Http;

/// <summary>What is not about objects: health, version, discovery, OpenAPI, the keys of tokens.</summary>
internal static class NonResourceHandler
{
    public const string NotFound = "404 page not found\n";

    private static readonly string[] HealthChecks = ["ping", "log", "etcd", "informer-sync", "poststarthook"];

    public static Task HandleAsync(ServerParts parts, HttpContext http, RequestInfo info)
    {
        var path = info.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (info.Verb != "get")
        {
            return Answers.TextAsync(http, 404, NotFound);
        }

        return path switch
        {
            ["healthz" or "livez" or "readyz"] => Answers.TextAsync(http, 200, "ok"),
            ["healthz" or "livez" or "readyz", var check] when HealthChecks.Contains(check) => Answers.TextAsync(http, 200, "ok"),
            ["version"] => Answers.PlainAsync(http, 200, ServerVersion.ToJson()),
            ["api" or "apis", ..] => DiscoveryHandler.HandleAsync(parts, http, path),
            ["openapi", "v3", ..] => OpenApiHandler.HandleAsync(parts, http, path),
            ["openid", "v1", "jwks"] => Answers.PlainAsync(http, 200, parts.Tokens.KeySet()),
            [".well-known", "openid-configuration"] => Answers.PlainAsync(http, 200, new JsonObject
            {
                ["issuer"] = TokenIssuer.Audience,
                ["jwks_uri"] = $"{TokenIssuer.Audience}/openid/v1/jwks",
                ["response_types_supported"] = new JsonArray("id_token"),
                ["subject_types_supported"] = new JsonArray("public"),
                ["id_token_signing_alg_values_supported"] = new JsonArray("ES256"),
            }),
            [] => Answers.PlainAsync(http, 200, new JsonObject
            {
                ["paths"] = new JsonArray("/api", "/api/v1", "/apis", "/healthz", "/livez", "/openapi/v3", "/readyz", "/version"),
            }),
            _ => Answers.TextAsync(http, 404, NotFound),
        };
    }
}
