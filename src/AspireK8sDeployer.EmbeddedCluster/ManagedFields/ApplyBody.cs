using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>Reads the body of an apply, which is YAML or JSON and, other than any body, kept as it was sent.</summary>
internal static class ApplyBody
{
    /// <exception cref="ApiException">400 for text that is not an object.</exception>
    public static JsonObject Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = JsonBody.StartsObject(body) && JsonSyntax.IsValid(body) ? body : YamlBody.ToJson(body);
            return JsonBody.Read(json) switch
            {
                JsonObject obj => obj,
                null => [],
                var other => throw new DecodeException(
                    "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
                    + $"{JsonBody.TypeName(other)} into Go value of type map[string]interface {{}}"),
            };
        }
        catch (DecodeException problem)
        {
            throw ApiException.BadRequest($"error decoding YAML: {problem.Message}");
        }
    }

    /// <summary>Refuses an object of another kind.</summary>
    public static void RequireKind(ResourceDefinition resource, JsonObject applied)
    {
        var version = applied.TextOf("apiVersion");
        var kind = applied.TextOf("kind");
        if (version != resource.ApiVersion || kind != resource.Kind)
        {
            var group = version.Contains('/', StringComparison.Ordinal) ? version : "/" + version;
            throw ApiException.BadRequest($"invalid object type: {group}, Kind={kind}");
        }
    }
}
