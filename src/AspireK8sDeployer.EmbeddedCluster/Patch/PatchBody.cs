using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Patch;

/// <summary>Reads the bodies of patches.</summary>
internal static class PatchBody
{
    /// <summary>The patch, which must be an object.</summary>
    /// <param name="patch">The body.</param>
    /// <param name="problems">Fields that appear twice.</param>
    public static JsonObject ReadObject(ReadOnlySpan<byte> patch, out IReadOnlyList<string> problems)
    {
        problems = [];
        return Read(patch) switch
        {
            JsonObject => BodyDecoder.DecodeAny(patch, out problems),
            null => [],
            var other => throw Undecodable($"json: cannot unmarshal {JsonBody.TypeName(other)} into Go value of type map[string]interface {{}}"),
        };
    }

    public static JsonNode? Read(ReadOnlySpan<byte> patch)
    {
        try
        {
            return JsonBody.Read(patch);
        }
        catch (DecodeException problem)
        {
            throw Undecodable(problem.Message);
        }
    }

    public static ApiException Undecodable(string problem) => ApiException.BadRequest($"error decoding patch: {problem}");

    /// <summary>The server also knows versions that it no longer serves.</summary>
    private static bool IsVersion(string group, string version, string kind) =>
        KubernetesModels.Find(group, version, kind) is not null || (group, version) is
            ("apps", "v1beta1" or "v1beta2")
            or ("batch" or "policy" or "networking.k8s.io" or "discovery.k8s.io" or "events.k8s.io" or "coordination.k8s.io" or "apiextensions.k8s.io", "v1beta1")
            or ("rbac.authorization.k8s.io" or "scheduling.k8s.io", "v1beta1" or "v1alpha1");

    /// <summary>A patch may change the kind's version, which then must exist, and not the kind.</summary>
    /// <exception cref="DecodeException">The patched object is of another kind.</exception>
    public static void RequireKind(ResourceDefinition resource, JsonObject patched)
    {
        var version = patched.TextOf("apiVersion");
        var kind = patched.TextOf("kind");
        if (kind == resource.Kind && version == resource.ApiVersion)
        {
            return;
        }

        if (version.Length == 0 || kind.Length == 0)
        {
            var missing = kind.Length == 0 ? "Kind" : "apiVersion";
            throw new DecodeException($"Object '{missing}' is missing in '{patched.ToJsonString()}'");
        }

        var slash = version.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : version[..slash];
        if (group != resource.Group || kind != resource.Kind || !IsVersion(group, version[(slash + 1)..], kind))
        {
            throw new DecodeException($"no kind \"{kind}\" is registered for version \"{version}\" in scheme \"pkg/runtime/scheme.go:111\"");
        }
    }
}
