using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Patch;

/// <summary>An object that a patch is applied to. Remembers what was touched, since a server writes those parts with sorted keys.</summary>
internal sealed class PatchedDocument
{
    private readonly HashSet<JsonObject> _touched = new(ReferenceEqualityComparer.Instance);

    public PatchedDocument(JsonObject live)
    {
        Root = (JsonObject)live.DeepClone();
        _touched.Add(Root);
    }

    public JsonObject Root { get; }

    public void Touch(JsonObject obj) => _touched.Add(obj);

    /// <summary>The object as text, for the message that it does not fit its kind.</summary>
    public string ToText(StructType type) => Ordered(type).ToJsonString(JsonValues.Plain);

    /// <summary>The object as the server reads it again once it is patched.</summary>
    public JsonObject Ordered(StructType type) => (JsonObject)Ordered(Root, type)!;

    private JsonNode? Ordered(JsonNode? node, SchemaType? type) => node switch
    {
        JsonObject obj => new JsonObject(Fields(obj, type).Select(pair => KeyValuePair.Create(pair.Key, Ordered(pair.Value, TypeOf(type, pair.Key))))),
        JsonArray array => new JsonArray([.. array.Select(item => Ordered(item, (type as ListType)?.Element))]),
        _ => node?.DeepClone(),
    };

    private IEnumerable<KeyValuePair<string, JsonNode?>> Fields(JsonObject obj, SchemaType? type) =>
        _touched.Contains(obj) || type is MapType ? obj.OrderBy(pair => pair.Key, StringComparer.Ordinal) : FieldOrder.Of(obj, type as StructType);

    private static SchemaType? TypeOf(SchemaType? type, string field) => type switch
    {
        StructType known => known.Find(field)?.Type,
        MapType map => map.Element,
        _ => null,
    };
}
