using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>
/// Reads a body by its schema, in one pass: types are checked, fields that the kind lacks are dropped and noted,
/// values take the form in which the server answers them.
/// </summary>
internal sealed class BodyDecoder
{
    private const int MostProblems = 100;

    public static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 500 };

    private readonly List<string> _problems = [];

    // Where we are: every step, for unknown fields; and the declared fields alone, for values of the wrong type.
    private readonly StringBuilder _path = new();
    private readonly List<string> _fields = [];
    private StructType? _struct;
    private string? _typeProblem;

    private BodyDecoder()
    {
    }

    /// <summary>Decodes <paramref name="json"/>, which must be well-formed and hold an object.</summary>
    /// <param name="json">The body.</param>
    /// <param name="type">What the body should be.</param>
    /// <param name="problems">Unknown and duplicate fields, in the order in which they appear.</param>
    /// <exception cref="DecodeException">A value is of the wrong type.</exception>
    public static JsonObject Decode(ReadOnlySpan<byte> json, StructType type, out IReadOnlyList<string> problems)
    {
        var decoder = new BodyDecoder();
        var reader = new Utf8JsonReader(json, ReaderOptions);
        reader.Read();
        var result = decoder.Value(ref reader, type) as JsonObject;
        problems = decoder._problems;
        if (decoder._typeProblem is { } problem)
        {
            throw new DecodeException(problem);
        }

        return result ?? Zero(type);
    }

    /// <summary>Decodes an object that no schema governs, and notes keys that appear twice.</summary>
    public static JsonObject DecodeAny(ReadOnlySpan<byte> json, out IReadOnlyList<string> problems)
    {
        var decoder = new BodyDecoder();
        var reader = new Utf8JsonReader(json, ReaderOptions);
        reader.Read();
        var result = decoder.AnyNoted(ref reader) as JsonObject;
        problems = decoder._problems;
        return result ?? [];
    }

    /// <summary>An object of the type with nothing set.</summary>
    public static JsonObject Zero(StructType type)
    {
        var zero = new JsonObject();
        FillAlways(zero, type);
        return zero;
    }

    private JsonNode? Value(ref Utf8JsonReader reader, SchemaType type) => type switch
    {
        StructType { Native: false } custom => reader.TokenType == JsonTokenType.StartObject ? Struct(ref reader, custom) : Any(ref reader),
        StructType known when reader.TokenType == JsonTokenType.StartObject => Struct(ref reader, known),
        MapType map when reader.TokenType == JsonTokenType.StartObject => Map(ref reader, map),
        ListType list when reader.TokenType == JsonTokenType.StartArray => List(ref reader, list),
        ScalarType scalar when _struct is not { Native: false } => Scalar(ref reader, scalar),
        AnyType => Any(ref reader),

        // A custom resource is taken as it is sent; whether its values are of the right types its validation says.
        _ when _struct is { Native: false } => Any(ref reader),
        _ => Mismatch(ref reader, type.DisplayName),
    };

    private JsonObject Struct(ref Utf8JsonReader reader, StructType type)
    {
        var result = new JsonObject();
        var outer = _struct;
        _struct = type;
        HashSet<string>? seen = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var length = Enter(name);
            if (type.Find(name) is not { } field)
            {
                Undeclared(ref reader, type, result, name);
            }
            else
            {
                if (!(seen ??= new HashSet<string>(StringComparer.Ordinal)).Add(name))
                {
                    Note("duplicate");
                }

                reader.Read();
                _fields.Add(name);
                Assign(ref reader, type, field, result);
                _fields.RemoveAt(_fields.Count - 1);
            }

            _path.Length = length;
        }

        _struct = outer;
        if (type.Native)
        {
            FillAlways(result, type);
        }

        return result;
    }

    private void Undeclared(ref Utf8JsonReader reader, StructType type, JsonObject result, string name)
    {
        reader.Read();
        if (type.PreservesUnknown)
        {
            result[name] = Any(ref reader);
        }
        else
        {
            Note("unknown");
            reader.Skip();
        }
    }

    private void Assign(ref Utf8JsonReader reader, StructType type, SchemaField field, JsonObject result)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            if (!type.Native)
            {
                result[field.Name] = null;
            }

            return;
        }

        var value = Value(ref reader, field.Type);
        if (value is null)
        {
            return;
        }

        if (type.Native && !field.KeepsZero && !TellsEmptyFromNull(type, field, value) && IsZero(value, field.Type))
        {
            // What is there always gets its zero value in the end.
            result.Remove(field.Name);
        }
        else
        {
            result[field.Name] = value;
        }
    }

    /// <summary>An empty list is no list once it is stored, but until then it is a change, and one that a manager owns.</summary>
    private static bool TellsEmptyFromNull(StructType type, SchemaField field, JsonNode value) =>
        (field.Always && value is (JsonArray or JsonObject)) || (field.Name == "managedFields" && type.Name == "ObjectMeta");

    private JsonObject Map(ref Utf8JsonReader reader, MapType type)
    {
        var result = new JsonObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var length = Enter(name);
            if (result.ContainsKey(name))
            {
                Note("duplicate");
            }

            reader.Read();
            result[name] = Element(ref reader, type.Element);
            _path.Length = length;
        }

        return result;
    }

    private JsonArray List(ref Utf8JsonReader reader, ListType type)
    {
        var result = new JsonArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var length = _path.Length;
            _path.Append('[').Append(result.Count).Append(']');
            result.Add(Element(ref reader, type.Element));
            _path.Length = length;
        }

        return result;
    }

    private JsonNode? Element(ref Utf8JsonReader reader, SchemaType type)
    {
        if (reader.TokenType != JsonTokenType.Null)
        {
            return Value(ref reader, type);
        }

        return type is AnyType or StructType { Native: false } ? null : ZeroOf(type);
    }

    private JsonNode? Scalar(ref Utf8JsonReader reader, ScalarType type)
    {
        switch (type.Kind)
        {
            case ScalarKind.Quantity:
                return reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
                    ? throw new DecodeException(Quantity.SyntaxProblem)
                    : JsonValue.Create(Quantity.Parse(Raw(ref reader)).ToString());
            case ScalarKind.IntOrString when reader.TokenType == JsonTokenType.Number:
                return reader.TryGetInt32(out var port) ? JsonValue.Create((long)port) : Mismatch(ref reader, "int32");
            case ScalarKind.IntOrString when reader.TokenType != JsonTokenType.String:
                return Mismatch(ref reader, "int32");
            case ScalarKind.Int32 when reader.TokenType == JsonTokenType.Number:
                return reader.TryGetInt32(out var small) ? JsonValue.Create((long)small) : Mismatch(ref reader, type.DisplayName);
            case ScalarKind.Int64 when reader.TokenType == JsonTokenType.Number:
                return reader.TryGetInt64(out var large) ? JsonValue.Create(large) : Mismatch(ref reader, type.DisplayName);
            case ScalarKind.Number when reader.TokenType == JsonTokenType.Number:
                return Number(ref reader);
            case ScalarKind.Boolean when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                return JsonValue.Create(reader.GetBoolean());
            case ScalarKind.Boolean or ScalarKind.Int32 or ScalarKind.Int64 or ScalarKind.Number:
                return Mismatch(ref reader, type.DisplayName);
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            return Mismatch(ref reader, type.DisplayName);
        }

        var text = reader.GetString()!;
        return type.Kind switch
        {
            ScalarKind.Bytes => Base64Text.Normalize(text, out var problem) is { } bytes ? JsonValue.Create(bytes) : Wrong(problem),
            ScalarKind.Time => Timestamp.Normalize(text, micro: false) is { } time ? JsonValue.Create(time) : null,
            ScalarKind.MicroTime => Timestamp.Normalize(text, micro: true) is { } time ? JsonValue.Create(time) : null,
            _ => JsonValue.Create(text),
        };
    }

    private JsonNode? AnyNoted(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var obj = new JsonObject();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    var length = Enter(name);
                    if (obj.ContainsKey(name))
                    {
                        Note("duplicate");
                    }

                    reader.Read();
                    obj[name] = AnyNoted(ref reader);
                    _path.Length = length;
                }

                return obj;
            case JsonTokenType.StartArray:
                var array = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    var length = _path.Length;
                    _path.Append('[').Append(array.Count).Append(']');
                    array.Add(AnyNoted(ref reader));
                    _path.Length = length;
                }

                return array;
            default:
                return Any(ref reader);
        }
    }

    /// <summary>Any JSON, as it is; of a key that appears twice the last value counts.</summary>
    public static JsonNode? Any(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var obj = new JsonObject();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    obj[name] = Any(ref reader);
                }

                return obj;
            case JsonTokenType.StartArray:
                var array = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    array.Add(Any(ref reader));
                }

                return array;
            case JsonTokenType.String:
                return JsonValue.Create(reader.GetString());
            case JsonTokenType.Number:
                return Number(ref reader);
            case JsonTokenType.True or JsonTokenType.False:
                return JsonValue.Create(reader.GetBoolean());
            default:
                return null;
        }
    }

    private static JsonValue Number(ref Utf8JsonReader reader) =>
        reader.TryGetInt64(out var whole) ? JsonValue.Create(whole) : JsonValue.Create(reader.GetDouble());

    private static string Raw(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);

    private JsonNode? Mismatch(ref Utf8JsonReader reader, string wanted)
    {
        var found = reader.TokenType switch
        {
            JsonTokenType.StartObject => "object",
            JsonTokenType.StartArray => "array",
            JsonTokenType.String => "string",
            JsonTokenType.Number => wanted is "int32" or "int64" ? "number " + Raw(ref reader) : "number",
            _ => "bool",
        };
        reader.Skip();
        var target = _struct is { } type ? $"struct field {type.Name}.{string.Join('.', _fields)}" : "value";
        return Wrong($"json: cannot unmarshal {found} into Go {target} of type {wanted}");
    }

    /// <summary>Notes a wrong value and goes on: only the first is reported, but all unknown fields are.</summary>
    private JsonNode? Wrong(string? problem)
    {
        _typeProblem ??= problem;
        return null;
    }

    private int Enter(string name)
    {
        var length = _path.Length;
        if (length > 0)
        {
            _path.Append('.');
        }

        _path.Append(name);
        return length;
    }

    private void Note(string problem)
    {
        if (_problems.Count < MostProblems)
        {
            _problems.Add($"{problem} field \"{_path}\"");
        }
    }

    private static void FillAlways(JsonObject obj, StructType type)
    {
        foreach (var field in type.Always)
        {
            if (!obj.ContainsKey(field.Name))
            {
                obj[field.Name] = field.Type is ListType or MapType ? null : ZeroOf(field.Type);
            }
        }
    }

    private static JsonNode? ZeroOf(SchemaType type) => type switch
    {
        StructType known => Zero(known),
        MapType => new JsonObject(),
        ListType => new JsonArray(),
        ScalarType scalar => scalar.Kind switch
        {
            ScalarKind.Boolean => JsonValue.Create(false),
            ScalarKind.Int32 or ScalarKind.Int64 or ScalarKind.Number or ScalarKind.IntOrString => JsonValue.Create(0L),
            ScalarKind.Time or ScalarKind.MicroTime => null,
            ScalarKind.Quantity => JsonValue.Create("0"),
            _ => JsonValue.Create(""),
        },
        _ => null,
    };

    private static bool IsZero(JsonNode value, SchemaType type) => value switch
    {
        JsonArray array => type is ListType && array.Count == 0,
        JsonObject obj => type is MapType && obj.Count == 0,
        _ when type is AnyType or ScalarType { Kind: ScalarKind.Quantity or ScalarKind.IntOrString } => false,
        JsonValue scalar when scalar.TryGetValue(out string? text) => text.Length == 0,
        JsonValue scalar when scalar.TryGetValue(out bool flag) => !flag,
        JsonValue scalar when scalar.TryGetValue(out long number) => number == 0,
        JsonValue scalar when scalar.TryGetValue(out double number) => number == 0,
        _ => false,
    };
}
