using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>Checks an applied object against its schema; the problems are the server's, which prints its own values in some of them.</summary>
internal static class TypedCheck
{
    /// <summary>The problems, in the server's words; empty when the object fits.</summary>
    public static IReadOnlyList<string> Problems(SchemaType type, JsonObject obj)
    {
        var problems = new List<string>();
        Check(type, obj, "", problems);
        return problems;
    }

    private static void Check(SchemaType? type, JsonNode? value, string path, List<string> problems)
    {
        switch (type)
        {
            case ScalarType scalar:
                Scalar(scalar, value, path, problems);
                break;
            case StructType or MapType when value is JsonObject obj:
                Fields(type, obj, path, problems);
                break;
            case ListType list when value is JsonArray array:
                Items(list, array, path, problems);
                break;
            case StructType or MapType when value is not null:
                problems.Add(At(path, $"expected map, got {Pointer(value)}"));
                break;
            case ListType when value is not null:
                problems.Add(At(path, $"expected list, got {Pointer(value)}"));
                break;
        }
    }

    private static void Scalar(ScalarType type, JsonNode? value, string path, List<string> problems)
    {
        if (value is null)
        {
            return;
        }

        var kind = value.GetValueKind();
        var isFlag = kind is JsonValueKind.True or JsonValueKind.False;
        var problem = type.Kind switch
        {
            ScalarKind.Int32 or ScalarKind.Int64 or ScalarKind.Number =>
                kind == JsonValueKind.Number ? null : $"expected numeric (int or float), got {TypeName(value)}",
            ScalarKind.Boolean => isFlag ? null : $"expected boolean, got {Pointer(value)}",
            ScalarKind.String or ScalarKind.Bytes =>
                kind == JsonValueKind.String ? null : $"expected string, got &value.valueUnstructured{{Value:{Syntax(value)}}}",
            _ => kind is JsonValueKind.Number or JsonValueKind.String || isFlag ? null : $"expected any scalar, got {Pointer(value)}",
        };
        if (problem is not null)
        {
            problems.Add(At(path, problem));
        }
    }

    private static void Fields(SchemaType type, JsonObject obj, string path, List<string> problems)
    {
        foreach (var (name, value) in obj)
        {
            var field = TypedShape.Field(type, name);
            if (field is null)
            {
                problems.Add(At(path + "." + name, "field not declared in schema"));
                return;
            }

            Check(field, value, path + "." + name, problems);
        }
    }

    private static void Items(ListType type, JsonArray array, string path, List<string> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < array.Count; i++)
        {
            var index = i.ToString(CultureInfo.InvariantCulture);
            var step = $"[{index}]";
            if (type.Sharing != ListSharing.Atomic)
            {
                string element;
                try
                {
                    element = PathElement.Item(type, array[i]);
                }
                catch (TypedException problem)
                {
                    problems.Add(At(path, $"element {index}: {problem.Message}"));
                    return;
                }

                step = PathElement.Display(element);
                if (!seen.Add(element))
                {
                    problems.Add(At(path, $"duplicate entries for key {step}"));
                }
            }

            Check(type.Element, array[i], path + step, problems);
        }
    }

    private static string At(string path, string problem) => path.Length == 0 ? problem : $"{path}: {problem}";

    private static string TypeName(JsonNode value) => value switch
    {
        JsonObject => "map[string]interface {}",
        JsonArray => "[]interface {}",
        _ => value.GetValueKind() == JsonValueKind.String ? "string" : "bool",
    };

    private static string Pointer(JsonNode value) => $"&{{{ServerText.Of(value)}}}";

    private static string Syntax(JsonNode value) => value switch
    {
        JsonObject obj => $"map[string]interface {{}}{{{string.Join(", ", obj.Select(p => $"{ServerText.Quote(p.Key)}:{SyntaxOrNil(p.Value)}"))}}}",
        JsonArray array => $"[]interface {{}}{{{string.Join(", ", array.Select(SyntaxOrNil))}}}",
        _ => value.GetValueKind() == JsonValueKind.String ? ServerText.Quote(value.AsText()!) : value.ToJsonString(),
    };

    private static string SyntaxOrNil(JsonNode? value) => value is null ? "interface {}(nil)" : Syntax(value);
}
