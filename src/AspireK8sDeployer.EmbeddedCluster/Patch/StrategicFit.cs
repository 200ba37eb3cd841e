using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Patch;

/// <summary>Checks the types of a merged object, in the words that the server has for this way of decoding alone.</summary>
internal static class StrategicFit
{
    /// <exception cref="DecodeException">A value is of the wrong type.</exception>
    public static void Check(SchemaType type, JsonNode? value)
    {
        switch (type, value)
        {
            case (_, null):
                break;
            case (StructType known, JsonObject obj):
                foreach (var (name, field) in obj)
                {
                    if (known.Find(name) is { } declared)
                    {
                        Check(declared.Type, field);
                    }
                }

                break;
            case (MapType map, JsonObject obj):
                foreach (var (_, element) in obj)
                {
                    Check(map.Element, element);
                }

                break;
            case (ListType list, JsonArray array):
                foreach (var element in array)
                {
                    Check(list.Element, element);
                }

                break;
            case (StructType, _):
                throw new DecodeException($"cannot restore struct from: {Kind(value)}");
            case (MapType, _):
                throw new DecodeException($"cannot restore map from {Kind(value)}");
            case (ListType, _):
                throw new DecodeException($"cannot restore slice from {Kind(value)}");
            case (ScalarType scalar, _):
                Scalar(scalar, value);
                break;
        }
    }

    private static void Scalar(ScalarType type, JsonNode value)
    {
        var kind = Kind(value);
        var fits = type.Kind switch
        {
            ScalarKind.String => kind == "string",
            ScalarKind.Boolean => kind == "bool",
            ScalarKind.Int32 or ScalarKind.Int64 => kind == "int64" || (kind == "float64" && value.AsNumber() is not null),
            ScalarKind.Number => kind is "int64" or "float64",
            _ => true,
        };
        if (fits)
        {
            return;
        }

        var isConversion = (type.Kind, kind) is (ScalarKind.String, "int64") or (ScalarKind.Int32 or ScalarKind.Int64, "float64");
        throw new DecodeException(isConversion ? $"cannot convert {kind} to {type.DisplayName}" : $"unrecognized type: {type.DisplayName}");
    }

    private static string Kind(JsonNode value) => value switch
    {
        JsonObject => "map",
        JsonArray => "slice",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => value is JsonValue number && number.TryGetValue(out long _) ? "int64" : "float64",
            _ => "bool",
        },
    };
}
