using System.Collections.Frozen;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>The schema of a custom resource, from the <c>openAPIV3Schema</c> of its definition.</summary>
internal static class CustomSchema
{
    public static StructType Of(ResourceDefinition resource)
    {
        var schema = OpenApi(resource);
        var type = new StructType(resource.Kind, resource.Version)
        {
            Native = false,
            PreservesUnknown = schema is null || schema.Flag("x-kubernetes-preserve-unknown-fields"),
        };
        type.Fields = Fields(schema ?? [])
            .Where(field => field.Name is not ("apiVersion" or "kind" or "metadata"))
            .Append(new SchemaField("apiVersion", new ScalarType(ScalarKind.String)))
            .Append(new SchemaField("kind", new ScalarType(ScalarKind.String)))
            .Append(new SchemaField("metadata", ObjectSchemas.Metadata))
            .ToFrozenDictionary(field => field.Name);
        return type;
    }

    /// <summary>The schema as the definition gives it; null when it gives none.</summary>
    public static JsonObject? OpenApi(ResourceDefinition resource) =>
        resource.CustomVersion?.Object("schema")?.Object("openAPIV3Schema");

    private static IEnumerable<SchemaField> Fields(JsonObject schema) =>
        (schema.Object("properties") ?? []).Select(property =>
            new SchemaField(property.Key, TypeOf(property.Value as JsonObject ?? [])) { Default = property.Value?["default"] });

    private static SchemaType TypeOf(JsonObject schema)
    {
        if (schema.Flag("x-kubernetes-int-or-string"))
        {
            return new ScalarType(ScalarKind.IntOrString);
        }

        var preserves = schema.Flag("x-kubernetes-preserve-unknown-fields");
        return schema.TextOf("type") switch
        {
            "string" => new ScalarType(ScalarKind.String),
            "integer" => new ScalarType(ScalarKind.Int64),
            "number" => new ScalarType(ScalarKind.Number),
            "boolean" => new ScalarType(ScalarKind.Boolean),
            "array" => List(schema),
            "object" when schema.Has("properties") || schema.Flag("x-kubernetes-embedded-resource") => Struct(schema, preserves),
            "object" when schema["additionalProperties"] is JsonObject element =>
                new MapType(TypeOf(element), schema.TextOf("x-kubernetes-map-type") == "atomic"),
            "object" when !preserves && !schema.Has("additionalProperties") => Struct(schema, preserves),
            _ => preserves ? AnyType.Granular : AnyType.Instance,
        };
    }

    private static StructType Struct(JsonObject schema, bool preserves)
    {
        var type = new StructType("", "")
        {
            Native = false,
            PreservesUnknown = preserves,
            Atomic = schema.TextOf("x-kubernetes-map-type") == "atomic",
        };
        var fields = Fields(schema);
        if (schema.Flag("x-kubernetes-embedded-resource"))
        {
            fields = fields.Where(field => field.Name is not ("apiVersion" or "kind" or "metadata"))
                .Append(new SchemaField("apiVersion", new ScalarType(ScalarKind.String)))
                .Append(new SchemaField("kind", new ScalarType(ScalarKind.String)))
                .Append(new SchemaField("metadata", ObjectSchemas.Metadata));
        }

        type.Fields = fields.ToFrozenDictionary(field => field.Name);
        return type;
    }

    private static ListType List(JsonObject schema)
    {
        var items = schema.Object("items") ?? [];
        var element = TypeOf(items);
        return schema.TextOf("x-kubernetes-list-type") switch
        {
            "map" => new ListType(element, ListSharing.Map, [.. schema.TextsOf("x-kubernetes-list-map-keys").Select(key => Key(items, key))]),
            "set" => new ListType(element, ListSharing.Set),
            _ => new ListType(element),
        };
    }

    private static ListKey Key(JsonObject items, string name) =>
        new(name, items.Object("properties")?.Object(name)?["default"]?.ToJsonString(JsonValues.Plain));
}
