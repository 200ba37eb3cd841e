using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace AspireK8sDeployer.Client;

/// <summary>Reads a caller's type out of the <c>outputs</c> of an answer.</summary>
internal static class Outputs
{
    public static TOutput? Read<TOutput>(JsonElement? outputs, JsonSerializerOptions serializerOptions)
    {
        if (outputs is not { ValueKind: not JsonValueKind.Null } whole)
        {
            return default;
        }

        var type = (JsonTypeInfo<TOutput>)serializerOptions.GetTypeInfo(typeof(TOutput));
        try
        {
            return (IsWrapped(type, whole, out var value) ? value : whole).Deserialize(type);
        }
        catch (JsonException exception)
        {
            throw new PipelineAnswerException($"The pipeline's outputs are not a {typeof(TOutput)}: {exception.Message}", exception);
        }
    }

    // The server puts a result that is no object under one name. A type with members of its own is an object even
    // when its only member has that name, so only the other types are looked for below it.
    private static bool IsWrapped(JsonTypeInfo type, JsonElement outputs, out JsonElement value)
    {
        value = default;
        return type.Kind is JsonTypeInfoKind.None or JsonTypeInfoKind.Enumerable
            && type.Type != typeof(JsonElement)
            && type.Type != typeof(object)
            && !type.Type.IsAssignableTo(typeof(JsonNode))
            && !type.Type.IsAssignableTo(typeof(JsonDocument))
            && outputs.ValueKind == JsonValueKind.Object
            && outputs.TryGetProperty(PipelineDefaults.OutputName, out value)
            && outputs.GetPropertyCount() == 1;
    }
}
