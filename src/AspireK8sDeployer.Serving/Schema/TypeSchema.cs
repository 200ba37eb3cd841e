using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace AspireK8sDeployer.Serving.Schema;

/// <summary>The JSON Schema of a type, as the serializer reads and writes it, with what its annotations add.</summary>
internal static class TypeSchema
{
    private const string Reference = "$ref";

    private static readonly JsonSchemaExporterOptions ExporterOptions = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Annotate,
    };

    public static JsonNode Of(JsonTypeInfo type) => type.GetJsonSchemaAsNode(ExporterOptions);

    /// <summary>Makes references that start at the root of a schema start at the place it is moved to.</summary>
    public static void Relocate(JsonNode? schema, string place)
    {
        switch (schema)
        {
            case JsonObject members:
                if (members[Reference] is JsonValue value && value.TryGetValue(out string? target) && target.StartsWith('#'))
                {
                    members[Reference] = place + target[1..];
                }

                foreach (var (_, member) in members)
                {
                    Relocate(member, place);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Relocate(item, place);
                }

                break;
        }
    }

    private static JsonNode Annotate(JsonSchemaExporterContext context, JsonNode schema)
    {
        // It names the .NET type, which is nobody's business.
        (schema as JsonObject)?.Remove("$comment");
        if (context.PropertyInfo is not { } property)
        {
            return schema;
        }

        schema = NullabilitySchema.Apply(schema, property);
        return AnnotationSchema.Apply(schema, MemberAnnotations.Of(property));
    }
}
