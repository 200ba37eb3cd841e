using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Schema;

/// <summary>Kinds and objects for tests of pure functions over them.</summary>
internal static class Kinds
{
    private static readonly IReadOnlyList<ResourceDefinition> Rows = BuiltInResources.Create();

    public static ResourceDefinition ConfigMap => Of("ConfigMap");

    public static ResourceDefinition Deployment => Of("Deployment");

    public static ResourceDefinition Of(string kind) => Rows.First(row => row.Kind == kind);

    /// <summary>A custom kind with the schema of its <c>spec</c>.</summary>
    public static ResourceDefinition Custom(string spec) => new()
    {
        Group = "example.com",
        Version = "v1",
        Kind = "Widget",
        Plural = "widgets",
        Singular = "widget",
        ListKind = "WidgetList",
        CustomVersion = Json($$"""{ "schema": { "openAPIV3Schema": { "type": "object", "properties": { "spec": {{spec}} } } } }"""),
    };

    public static JsonObject Json(string json) => (JsonObject)JsonNode.Parse(json)!;

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static JsonObject Decode(ResourceDefinition resource, string json) =>
        ObjectTypes.Decode(resource, Bytes(json), yaml: false, FieldValidation.Ignore).Object;

    /// <summary>As the server has it: decoded and with its defaults.</summary>
    public static JsonObject Complete(ResourceDefinition resource, string json)
    {
        var obj = Decode(resource, json);
        ObjectTypes.Default(resource, obj);
        return obj;
    }

    public static void AssertSame(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {expected}\nbut {actual?.ToJsonString()}");
}
