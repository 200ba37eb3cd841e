using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Validation;

/// <summary>Lists of custom resources that are sets or maps hold nothing twice.</summary>
internal static class ListRules
{
    public static void Check(Findings findings, JsonObject schema, JsonNode? value, string path)
    {
        switch (value)
        {
            case JsonObject obj:
                foreach (var (name, field) in obj)
                {
                    if ((schema.Object("properties")?[name] ?? schema["additionalProperties"]) is JsonObject declared)
                    {
                        Check(findings, declared, field, path.Length == 0 ? name : $"{path}.{name}");
                    }
                }

                break;
            case JsonArray array:
                Items(findings, schema, array, path);
                break;
        }
    }

    private static void Items(Findings findings, JsonObject schema, JsonArray array, string path)
    {
        var keys = schema.TextsOf("x-kubernetes-list-map-keys").ToList();
        var kind = schema.TextOf("x-kubernetes-list-type");
        var seen = new List<JsonNode?>();
        for (var i = 0; i < array.Count; i++)
        {
            var identity = kind switch
            {
                "set" => array[i],
                "map" => Key(array[i] as JsonObject ?? [], keys),
                _ => null,
            };
            if (identity is not null && seen.Any(other => JsonValues.Same(identity, other)))
            {
                findings.Duplicate($"{path}[{i}]", identity);
            }

            seen.Add(identity);
            if (schema.Object("items") is { } element)
            {
                Check(findings, element, array[i], $"{path}[{i}]");
            }
        }
    }

    private static JsonObject Key(JsonObject item, List<string> keys)
    {
        var key = new JsonObject();
        foreach (var name in keys)
        {
            if (item[name] is { } value)
            {
                key[name] = value.DeepClone();
            }
        }

        return key;
    }
}
