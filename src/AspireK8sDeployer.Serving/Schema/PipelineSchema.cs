using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Serving.Binding;

namespace AspireK8sDeployer.Serving.Schema;

/// <summary>The JSON Schema of what a pipeline takes and gives.</summary>
internal static class PipelineSchema
{
    public static JsonNode OfParameter(
        string name, ParameterInfo info, JsonTypeInfo type, NullabilityInfo nullability, bool allowsNull, ParameterDefault? standard)
    {
        var schema = TypeSchema.Of(type);
        TypeSchema.Relocate(schema, $"#/properties/{name}");
        schema = NullabilitySchema.Apply(schema, nullability, allowsNull);
        schema = AnnotationSchema.Apply(schema, info.GetCustomAttributes(inherit: true));
        if (standard is not null && schema is JsonObject members)
        {
            members["default"] = JsonNode.Parse(standard.Json);
        }

        return schema;
    }

    public static JsonNode OfInput(IReadOnlyList<PipelineParameter> parameters)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(parameters.Select(
                parameter => KeyValuePair.Create<string, JsonNode?>(parameter.Name.Value, parameter.Schema))),
        };
        if (parameters.Where(parameter => parameter.Default is null).ToList() is { Count: > 0 } required)
        {
            schema["required"] = new JsonArray([.. required.Select(parameter => (JsonNode)parameter.Name.Value)]);
        }

        schema["additionalProperties"] = false;
        return schema;
    }

    public static JsonNode OfOutput(Type? type, ParameterInfo returned, JsonSerializerOptions serializerOptions)
    {
        if (type is null)
        {
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = false };
        }

        var info = serializerOptions.GetTypeInfo(type);
        var schema = TypeSchema.Of(info);

        // Of a task, what counts is what is in it.
        var nullability = new NullabilityInfoContext().Create(returned);
        nullability = type == returned.ParameterType ? nullability : nullability.GenericTypeArguments[0];

        // The compiler says nothing of what a lambda returns, and null would be said.
        schema = NullabilitySchema.Apply(schema, nullability, allowsNull: nullability.ReadState == NullabilityState.Nullable);
        if (info.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary || schema is not JsonObject)
        {
            return schema;
        }

        TypeSchema.Relocate(schema, $"#/properties/{PipelineDefaults.OutputName}");
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { [PipelineDefaults.OutputName] = schema },
            ["required"] = new JsonArray(PipelineDefaults.OutputName),
            ["additionalProperties"] = false,
        };
    }
}
