using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Discovery;

/// <summary>
/// Writes the schemas that the server decodes with as OpenAPI components, each type once, with the extensions by which clients
/// merge: list types, map keys, patch strategies.
/// </summary>
internal sealed class OpenApiSchemas
{
    private readonly Dictionary<StructType, string> _names = [];
    private readonly HashSet<string> _taken = [];

    public JsonObject Components { get; } = [];

    /// <summary>Adds a kind; returns a reference to it.</summary>
    public JsonObject Add(ResourceDefinition resource)
    {
        var package = resource.Model is null ? Reversed(resource.Group) : Package(resource.Group);
        var name = $"{package}.{resource.Version}.{resource.Kind}";
        if (_taken.Add(name))
        {
            var type = ObjectSchemas.Of(resource);
            _names[type] = name;
            var schema = CustomSchema.OpenApi(resource) is { } written ? Custom(written, type) : Struct(type);
            var properties = schema["properties"]!.AsObject();
            properties["apiVersion"] ??= new JsonObject { ["type"] = "string" };
            properties["kind"] ??= new JsonObject { ["type"] = "string" };
            schema["x-kubernetes-group-version-kind"] = new JsonArray(Kind(resource.Group, resource.Version, resource.Kind));
            Components[name] = schema;
        }

        return Reference(name);
    }

    public static JsonObject Kind(string group, string version, string kind) => new() { ["group"] = group, ["kind"] = kind, ["version"] = version };

    private static string Package(string group) => group switch
    {
        "" => "io.k8s.api.core",
        _ when !group.Contains('.', StringComparison.Ordinal) => $"io.k8s.api.{group}",
        _ when group.EndsWith(".k8s.io", StringComparison.Ordinal) => $"io.k8s.api.{group.Split('.')[0]}",
        _ => Reversed(group),
    };

    private static string Reversed(string group) => string.Join('.', group.Split('.').Reverse());

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    /// <summary>A custom kind as its definition describes it, descriptions and all; only the metadata are everybody's.</summary>
    private JsonObject Custom(JsonObject written, StructType type)
    {
        var schema = written.DeepClone().AsObject();
        schema.ObjectOrNew("properties")["metadata"] = Of(type.Fields["metadata"].Type);
        return schema;
    }

    private JsonObject Struct(StructType type)
    {
        var properties = new JsonObject();
        foreach (var field in type.Fields.Values.OrderBy(field => field.Name, StringComparer.Ordinal))
        {
            properties[field.Name] = Field(field);
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (type.Atomic)
        {
            schema["x-kubernetes-map-type"] = "atomic";
        }

        if (type.PreservesUnknown)
        {
            schema["x-kubernetes-preserve-unknown-fields"] = true;
        }

        return schema;
    }

    private JsonObject Field(SchemaField field)
    {
        var schema = Of(field.Type);
        if (schema.ContainsKey("$ref") && (field.PatchRetainsKeys || field.Default is not null))
        {
            // Nothing may stand beside a reference.
            schema = new JsonObject { ["allOf"] = new JsonArray(schema) };
        }

        var strategy = (field.PatchMerges, field.PatchRetainsKeys) switch
        {
            (true, true) => "merge,retainKeys",
            (true, false) => "merge",
            (false, true) => "retainKeys",
            _ => null,
        };
        if (strategy is not null)
        {
            schema["x-kubernetes-patch-strategy"] = strategy;
        }

        if (field.PatchMergeKey is { } key)
        {
            schema["x-kubernetes-patch-merge-key"] = key;
        }

        if (field.Default is { } value)
        {
            schema["default"] = value.DeepClone();
        }

        return schema;
    }

    private JsonObject Of(SchemaType type) => type switch
    {
        StructType known => Reference(known),
        ListType list => List(list),
        MapType map => Map(map),
        ScalarType scalar => Scalar(scalar.Kind),
        _ => new JsonObject { ["x-kubernetes-preserve-unknown-fields"] = true },
    };

    private JsonObject Reference(StructType type)
    {
        if (!_names.TryGetValue(type, out var name))
        {
            name = type.DisplayName;
            for (var i = 2; !_taken.Add(name); i++)
            {
                name = $"{type.DisplayName}{i}";
            }

            // Named before its fields are written: it may contain itself.
            _names[type] = name;
            Components[name] = Struct(type);
        }

        return Reference(name);
    }

    private JsonObject List(ListType list)
    {
        var schema = new JsonObject
        {
            ["type"] = "array",
            ["items"] = Of(list.Element),
            ["x-kubernetes-list-type"] = list.Sharing switch { ListSharing.Map => "map", ListSharing.Set => "set", _ => "atomic" },
        };
        if (list.Sharing == ListSharing.Map)
        {
            schema["x-kubernetes-list-map-keys"] = new JsonArray([.. list.Keys.Select(key => (JsonNode)key.Name)]);
        }

        return schema;
    }

    private JsonObject Map(MapType map)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(map.Element) };
        if (map.Atomic)
        {
            schema["x-kubernetes-map-type"] = "atomic";
        }

        return schema;
    }

    private static JsonObject Scalar(ScalarKind kind) => kind switch
    {
        ScalarKind.Boolean => new() { ["type"] = "boolean" },
        ScalarKind.Int32 => new() { ["type"] = "integer", ["format"] = "int32" },
        ScalarKind.Int64 => new() { ["type"] = "integer", ["format"] = "int64" },
        ScalarKind.Number => new() { ["type"] = "number", ["format"] = "double" },
        ScalarKind.IntOrString => new() { ["format"] = "int-or-string", ["oneOf"] = OneOf("integer", "string") },
        ScalarKind.Quantity => new() { ["oneOf"] = OneOf("string", "number") },
        ScalarKind.Time or ScalarKind.MicroTime => new() { ["type"] = "string", ["format"] = "date-time" },
        ScalarKind.Bytes => new() { ["type"] = "string", ["format"] = "byte" },
        _ => new() { ["type"] = "string" },
    };

    private static JsonArray OneOf(string one, string other) =>
        new(new JsonObject { ["type"] = one }, new JsonObject { ["type"] = other });
}
