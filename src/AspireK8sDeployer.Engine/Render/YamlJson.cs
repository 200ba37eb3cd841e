using System.Text.Encodings.Web;
using System.Text.Json;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>JSON strings inside YAML: only what must be escaped is.</summary>
internal static class YamlJson
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
