using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace AspireK8sDeployer.Serving.Schema;

/// <summary>Lets null into a schema where the declaration does: the serializer itself sees it only on members.</summary>
internal static class NullabilitySchema
{
    public static JsonNode Apply(JsonNode schema, JsonPropertyInfo property) => property.AttributeProvider switch
    {
        PropertyInfo info => ApplyToElements(schema, new NullabilityInfoContext().Create(info)),
        FieldInfo info => ApplyToElements(schema, new NullabilityInfoContext().Create(info)),
        _ => schema,
    };

    public static JsonNode Apply(JsonNode schema, NullabilityInfo nullability, bool allowsNull)
    {
        ApplyToElements(schema, nullability);
        return allowsNull ? AllowNull(schema) : schema;
    }

    private static JsonNode ApplyToElements(JsonNode schema, NullabilityInfo nullability)
    {
        if (schema is JsonObject members
            && ElementOf(nullability) is { } element
            && (members.ContainsKey("items") ? "items" : "additionalProperties") is var keyword
            && members[keyword] is JsonObject items)
        {
            var applied = element.ReadState == NullabilityState.Nullable ? AllowNull(items) : items;
            ApplyToElements(applied, element);
        }

        return schema;
    }

    /// <summary>What is known of the elements of an array, a list or a dictionary.</summary>
    public static NullabilityInfo? ElementOf(NullabilityInfo nullability) =>
        nullability.ElementType ?? nullability.GenericTypeArguments switch
        {
            [var element] => element,
            [_, var value] => value,
            _ => null,
        };

    private static JsonNode AllowNull(JsonNode schema)
    {
        if (schema is not JsonObject members)
        {
            return schema; // true: anything goes already
        }

        if (members["enum"] is JsonArray values && !values.Any(value => value is null))
        {
            values.Add(null);
        }

        switch (members["type"])
        {
            case JsonArray types when !types.Any(type => type!.GetValue<string>() == "null"):
                types.Add("null");
                break;
            case JsonValue type when type.GetValue<string>() != "null":
                members["type"] = new JsonArray(type.GetValue<string>(), "null");
                break;
        }

        return members;
    }
}
