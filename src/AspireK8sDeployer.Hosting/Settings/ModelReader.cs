using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>
/// Reads a configuration section into a type of the Kubernetes API: the section becomes JSON, and KubernetesClient reads that, so
/// quantities and fields that are a number or text work as in a manifest. A key that is no field is a mistake.
/// </summary>
internal sealed class ModelReader(ICollection<SettingsError> errors)
{
    /// <summary>The model, or null when the section is not one; then the errors say why.</summary>
    public T? Read<T>(IConfigurationSection section)
        where T : class
    {
        var known = errors.Count;
        var json = ToJson(section, typeof(T));
        return errors.Count == known ? KubernetesJson.Deserialize<T>(json!.ToJsonString()) : null;
    }

    private JsonNode? ToJson(IConfigurationSection section, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (ElementOf(type, typeof(IDictionary<,>), argument: 1) is { } value)
        {
            return ToMap(section, value);
        }

        if (ElementOf(type, typeof(IList<>), argument: 0) is { } element)
        {
            return ToList(section, element);
        }

        return FieldsOf(type) is { Count: > 0 } fields && type != typeof(ResourceQuantity) ? ToObject(section, fields) : ToScalar(section, type);
    }

    private JsonObject ToObject(IConfigurationSection section, SortedDictionary<string, PropertyInfo> fields)
    {
        var json = new JsonObject();
        if (!string.IsNullOrEmpty(section.Value))
        {
            errors.Add(new SettingsError(section.Path, $"is \"{section.Value}\", but has fields of its own", $"give them: {string.Join(", ", NamesOf(fields))}"));
        }

        foreach (var child in section.GetChildren())
        {
            if (fields.TryGetValue(child.Key, out var field))
            {
                json[NameOf(field)] = ToJson(child, field.PropertyType);
            }
            else
            {
                errors.Add(new SettingsError(child.Path, "is not a setting", NearestName.Suggestion(child.Key, NamesOf(fields))));
            }
        }

        return json;
    }

    private JsonArray? ToList(IConfigurationSection section, Type element)
    {
        var entries = section.GetChildren().ToList();
        if (entries.Count == 0 || !string.IsNullOrEmpty(section.Value) || entries.Exists(entry => !int.TryParse(entry.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            errors.Add(new SettingsError(section.Path, "is not a list", $"number its entries, beginning with {section.Key}:0"));
            return null;
        }

        return [.. entries.Select(entry => ToJson(entry, element))];
    }

    private JsonObject ToMap(IConfigurationSection section, Type value)
    {
        var json = new JsonObject();
        if (value == typeof(string) || value == typeof(ResourceQuantity))
        {
            // A key may hold a colon, which configuration takes for one more level.
            foreach (var (key, text) in section.AsEnumerable(makePathsRelative: true).Where(pair => pair.Key.Length > 0 && pair.Value is not null).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json[key] = text;
            }

            return json;
        }

        foreach (var child in section.GetChildren())
        {
            json[child.Key] = ToJson(child, value);
        }

        return json;
    }

    private JsonNode? ToScalar(IConfigurationSection section, Type type)
    {
        var text = section.Value;
        JsonNode? json = text switch
        {
            null => null,
            _ when type == typeof(bool) => bool.TryParse(text, out var flag) ? flag : null,
            _ when type == typeof(int) || type == typeof(long) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when type == typeof(double) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when type == typeof(IntOrString) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => text,
        };
        if (json is null)
        {
            errors.Add(new SettingsError(
                section.Path, text is null ? "has the wrong form" : $"is \"{text}\", which cannot be read", $"give a value like {ExampleOf(type)}"));
        }

        return json;
    }

    private static string ExampleOf(Type type) => type == typeof(bool) ? "true" : type == typeof(string) ? "some text" : "1";

    // As the API names them, but in C# casing, like every other setting.
    private static List<string> NamesOf(SortedDictionary<string, PropertyInfo> fields) =>
        [.. fields.Values.Select(NameOf).Distinct().Select(name => char.ToUpperInvariant(name[0]) + name[1..]).Order(StringComparer.Ordinal)];

    private static string NameOf(PropertyInfo field) => field.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name;

    private static SortedDictionary<string, PropertyInfo> FieldsOf(Type type)
    {
        var fields = new SortedDictionary<string, PropertyInfo>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && property.IsDefined(typeof(JsonPropertyNameAttribute))))
        {
            // In C# the name may differ from the API's, OperatorProperty from operator: both are understood.
            fields[property.Name] = property;
            fields[NameOf(property)] = property;
        }

        return fields;
    }

    private static Type? ElementOf(Type type, Type collection, int argument) =>
        type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) && type.IsGenericType && type.GetGenericTypeDefinition() == collection
            ? type.GetGenericArguments()[argument]
            : null;
}
