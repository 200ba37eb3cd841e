using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Serving.Tests.Shared;

internal static class AssertJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Compares whole values, and shows both in full where they differ.</summary>
    public static void Equal(string expected, JsonNode? actual) =>
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(Indented), actual?.ToJsonString(Indented));
}
