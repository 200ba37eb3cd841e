using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>Types that hold any JSON, for which null is a value like others.</summary>
internal static class JsonNull
{
    public static bool IsAValueOf(Type type) => type == typeof(JsonElement) || type == typeof(JsonNode) || type == typeof(JsonDocument);
}
