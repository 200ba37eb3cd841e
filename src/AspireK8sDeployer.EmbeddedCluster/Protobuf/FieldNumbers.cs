using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;

namespace AspireK8sDeployer.EmbeddedCluster.Protobuf;

/// <summary>
/// Which number each field of each type has on the wire, from <c>fields.txt</c>: a line per type of <c>k8s.Models</c>,
/// <c>name=number</c> per field. <c>+Other=2</c> says that the fields of Other, which JSON shows as the type's own, travel in a
/// message of their own.
/// </summary>
internal static class FieldNumbers
{
    private static readonly FrozenDictionary<string, string> Lines = Load();
    private static readonly ConcurrentDictionary<(Type, string), IReadOnlyDictionary<int, Field>> Read = new();

    /// <summary>The fields of a type by number; empty when nothing is known of it.</summary>
    public static IReadOnlyDictionary<int, Field> Of(Type model) => Of(model, model.Name);

    private static IReadOnlyDictionary<int, Field> Of(Type model, string line) => Read.GetOrAdd((model, line), static key =>
    {
        var (model, line) = key;
        var fields = new Dictionary<int, Field>();
        var properties = model.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property, name: property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name))
            .Where(pair => pair.name is not null)
            .ToDictionary(pair => pair.name!, pair => pair.property.PropertyType);
        foreach (var part in Lines.GetValueOrDefault(line, "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var (name, number) = (part[..equals], int.Parse(part.AsSpan(equals + 1), CultureInfo.InvariantCulture));
            if (name[0] == '+')
            {
                // Some are types of their own elsewhere, some exist only on the wire.
                var inner = Lines.ContainsKey(name) ? name : name[1..];
                fields[number] = new Field(name, null, Of(model, inner));
            }
            else if (properties.TryGetValue(name, out var type))
            {
                fields[number] = new Field(name, type, null);
            }
        }

        return fields;
    });

    private static FrozenDictionary<string, string> Load()
    {
        using var stream = typeof(FieldNumbers).Assembly.GetManifestResourceStream("protobuf-fields.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .ToFrozenDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "");
    }

    /// <summary>A field on the wire.</summary>
    /// <param name="Name">Its name in JSON.</param>
    /// <param name="Type">The type of the model's property; null when the field only groups others.</param>
    /// <param name="Inline">The fields that it groups.</param>
    internal sealed record Field(string Name, Type? Type, IReadOnlyDictionary<int, Field>? Inline);
}
