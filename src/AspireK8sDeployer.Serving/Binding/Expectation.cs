using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace AspireK8sDeployer.Serving.Binding;

/// <summary>Says what JSON a type wants, in words of JSON.</summary>
internal static class Expectation
{
    private const string AnyValue = "is not valid";

    /// <summary>For example <c>must be an array, not a string</c>.</summary>
    public static string Message(JsonTypeInfo info, JsonValueKind got)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var (kind, wanted, isExact) = info.Kind switch
        {
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => (JsonValueKind.Object, "an object", false),
            JsonTypeInfoKind.Enumerable => (JsonValueKind.Array, "an array", false),
            _ when type.IsEnum => (JsonValueKind.String, OneOf(info), true),
            _ => OfScalar(type),
        };
        if (kind != Family(got))
        {
            return wanted.Length == 0 ? AnyValue : $"must be {wanted}, not {Name(got)}";
        }

        return isExact ? $"must be {wanted}" : AnyValue;
    }

    private static (JsonValueKind Kind, string Wanted, bool IsExact) OfScalar(Type type) => type switch
    {
        _ when type == typeof(string) => (JsonValueKind.String, "a string", false),
        _ when type == typeof(char) => (JsonValueKind.String, "a string of one character", true),
        _ when type == typeof(bool) => (JsonValueKind.True, "true or false", true),
        _ when type == typeof(byte) => Integer<byte>(),
        _ when type == typeof(sbyte) => Integer<sbyte>(),
        _ when type == typeof(short) => Integer<short>(),
        _ when type == typeof(ushort) => Integer<ushort>(),
        _ when type == typeof(int) => Integer<int>(),
        _ when type == typeof(uint) => Integer<uint>(),
        _ when type == typeof(long) => Integer<long>(),
        _ when type == typeof(ulong) => Integer<ulong>(),
        _ when type == typeof(Int128) => Integer<Int128>(),
        _ when type == typeof(UInt128) => Integer<UInt128>(),
        _ when type == typeof(float) => Number<float>(),
        _ when type == typeof(double) => Number<double>(),
        _ when type == typeof(Half) => Number<Half>(),
        _ when type == typeof(decimal) => Number<decimal>(),
        _ when type == typeof(DateTime) || type == typeof(DateTimeOffset) =>
            (JsonValueKind.String, "a date and time, such as \"2026-01-31T12:30:00Z\"", true),
        _ when type == typeof(DateOnly) => (JsonValueKind.String, "a date, such as \"2026-01-31\"", true),
        _ when type == typeof(TimeOnly) => (JsonValueKind.String, "a time, such as \"12:30:00\"", true),
        _ when type == typeof(TimeSpan) => (JsonValueKind.String, "a duration, such as \"00:05:00\"", true),
        _ when type == typeof(Guid) => (JsonValueKind.String, "a UUID, such as \"6f9619ff-8b86-d011-b42d-00c04fc964ff\"", true),
        _ when type == typeof(Uri) => (JsonValueKind.String, "a URI", true),
        _ when type == typeof(Version) => (JsonValueKind.String, "a version, such as \"1.2.3\"", true),
        _ when type == typeof(byte[]) => (JsonValueKind.String, "a string in base64", true),
        _ => (JsonValueKind.Undefined, "", false),
    };

    private static (JsonValueKind Kind, string Wanted, bool IsExact) Integer<T>()
        where T : IMinMaxValue<T>, IFormattable =>
        (JsonValueKind.Number, string.Create(CultureInfo.InvariantCulture, $"an integer between {T.MinValue} and {T.MaxValue}"), true);

    private static (JsonValueKind Kind, string Wanted, bool IsExact) Number<T>()
        where T : IMinMaxValue<T>, IFormattable =>
        (JsonValueKind.Number, string.Create(CultureInfo.InvariantCulture, $"a number between {T.MinValue} and {T.MaxValue}"), true);

    private static string OneOf(JsonTypeInfo info) =>
        info.GetJsonSchemaAsNode()["enum"] is { } names
            ? "one of " + string.Join(", ", names.AsArray().Where(name => name is not null).Select(name => name!.ToJsonString()))
            : "a number of the enumeration";

    private static JsonValueKind Family(JsonValueKind kind) => kind == JsonValueKind.False ? JsonValueKind.True : kind;

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };
}
