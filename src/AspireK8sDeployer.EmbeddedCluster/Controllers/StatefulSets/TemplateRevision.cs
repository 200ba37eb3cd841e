using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Deployments;

namespace AspireK8sDeployer.EmbeddedCluster.Controllers.StatefulSets;

/// <summary>What a ControllerRevision keeps of a StatefulSet, and the name that follows from it: the same as in any cluster.</summary>
internal static class TemplateRevision
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A patch that puts the template back.</summary>
    public static JsonObject Data(JsonObject template)
    {
        var sorted = (JsonObject)Sorted(template)!;
        sorted.Insert(0, "$patch", "replace");
        return new JsonObject { ["spec"] = new JsonObject { ["template"] = sorted } };
    }

    public static string Hash(JsonObject data, int collisions)
    {
        // Go's encoder writes these three otherwise.
        var text = data.ToJsonString(Plain)
            .Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal);
        var hash = 2166136261u; // FNV-1
        foreach (var value in Encoding.UTF8.GetBytes(text + collisions.ToString(CultureInfo.InvariantCulture)))
        {
            hash = (hash * 16777619u) ^ value;
        }

        return PodTemplates.Encode(hash);
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject obj => new JsonObject(obj.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, Sorted(field.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
