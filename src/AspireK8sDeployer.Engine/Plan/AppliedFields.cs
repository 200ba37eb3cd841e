using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>
/// Tells whether applying an object again would do nothing, from what the server keeps of our last apply: the same set of
/// fields, with the same values. Pure, and not a merge: whatever it cannot prove is asked of the server.
/// </summary>
internal static class AppliedFields
{
    /// <summary>Whether our last applied fields of <paramref name="live"/>, and their values, are exactly those of <paramref name="desired"/>.</summary>
    public static bool Equal(JsonObject desired, JsonObject live) =>
        Of(live) is { } fields
        && (string?)desired["apiVersion"] == (string?)fields["apiVersion"]
        && fields["fieldsV1"] is JsonObject tree
        && MembersEqual(tree, WithoutIdentity(desired), live);

    /// <summary>What the server noted about our last apply, if there was one.</summary>
    public static JsonObject? Of(JsonObject live) => Entries(live).FirstOrDefault(entry =>
        (string?)entry["manager"] == Names.FieldManager && (string?)entry["operation"] == "Apply" && string.IsNullOrEmpty((string?)entry["subresource"]));

    /// <summary>The other managers that own a field, for example <c>spec</c>, <c>replicas</c>.</summary>
    public static IEnumerable<string> OtherOwners(JsonObject live, params string[] path) =>
        Entries(live)
            .Where(entry => !ReferenceEquals(entry, Of(live)) && Owns(entry["fieldsV1"] as JsonObject, path))
            .Select(entry => (string?)entry["manager"] ?? "");

    /// <summary>Whether we applied a field.</summary>
    public static bool OwnsField(JsonObject live, params string[] path) => Owns(Of(live)?["fieldsV1"] as JsonObject, path);

    private static bool Owns(JsonObject? fields, string[] path) =>
        path.Aggregate((JsonNode?)fields, (node, name) => (node as JsonObject)?["f:" + name]) is not null;

    private static IEnumerable<JsonObject> Entries(JsonObject live) => (live["metadata"]?["managedFields"] as JsonArray ?? []).OfType<JsonObject>();

    // apiVersion, kind, name and namespace say which object it is; no field set has them.
    private static JsonObject WithoutIdentity(JsonObject desired)
    {
        var copy = (JsonObject)desired.DeepClone();
        copy.Remove("apiVersion");
        copy.Remove("kind");
        if (copy["metadata"] is JsonObject metadata)
        {
            metadata.Remove("name");
            metadata.Remove("namespace");
        }

        return copy;
    }

    private static bool NodesEqual(JsonObject fields, JsonNode? desired, JsonNode? live)
    {
        var members = fields.Where(field => field.Key != ".").ToList();
        if (members.Count == 0)
        {
            // A leaf of the field set: a scalar, or a list or map that is owned as a whole.
            return JsonNode.DeepEquals(desired, live);
        }

        return (desired, live) switch
        {
            (JsonObject wanted, JsonObject present) => MembersEqual(fields, wanted, present),
            (JsonArray wanted, JsonArray present) => ItemsEqual(members, wanted, present),
            _ => false,
        };
    }

    private static bool MembersEqual(JsonObject fields, JsonObject desired, JsonObject live)
    {
        var owned = fields.Where(field => field.Key.StartsWith("f:", StringComparison.Ordinal)).ToList();
        return owned.Count == desired.Count && owned.TrueForAll(field =>
        {
            var name = field.Key[2..];
            return desired.TryGetPropertyValue(name, out var wanted)
                && field.Value is JsonObject below
                && NodesEqual(below, wanted, live[name]);
        });
    }

    private static bool ItemsEqual(List<KeyValuePair<string, JsonNode?>> owned, JsonArray desired, JsonArray live) =>
        owned.Count == desired.Count && owned.TrueForAll(item =>
            item.Key.StartsWith("k:", StringComparison.Ordinal)
            && item.Value is JsonObject below
            && JsonNode.Parse(item.Key[2..]) is JsonObject key
            && Find(desired, key) is { } wanted
            && Find(live, key) is { } present
            && NodesEqual(below, wanted, present));

    private static JsonNode? Find(JsonArray items, JsonObject key) =>
        items.FirstOrDefault(item => key.All(part => JsonNode.DeepEquals((item as JsonObject)?[part.Key], part.Value)));
}
