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
    public string ToText() => Ordered(Root)!.ToJsonString(JsonValues.Plain);

    private JsonNode? Ordered(JsonNode? node) => node switch
    {
        JsonObject obj => new JsonObject((_touched.Contains(obj) ? obj.OrderBy(pair => pair.Key, StringComparer.Ordinal) : obj.AsEnumerable())
            .Select(pair => KeyValuePair.Create(pair.Key, Ordered(pair.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Ordered)]),
        _ => node?.DeepClone(),
    };
}
