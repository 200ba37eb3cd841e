using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Render;

internal static class YamlWriter
{
    public static string Write(JsonObject body) => throw new NotSupportedException();
}
