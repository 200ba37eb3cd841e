using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>The schema of a type of <c>k8s.Models</c>: its structure by reflection, the rest from <see cref="SchemaFacts"/>. Built once per type.</summary>
internal static partial class ModelSchema
{
    private static readonly ConcurrentDictionary<Type, StructType> Structs = new();
    private static readonly Lock Building = new();

    public static StructType Of(Type model)
    {
        if (Structs.TryGetValue(model, out var known))
        {
            return known;
        }

        // Types refer to each other and to themselves, so that one has to be registered before its fields are known;
        // the lock keeps other threads from seeing it then.
        lock (Building)
        {
            var building = new Dictionary<Type, StructType>();
            var type = Build(model, building);
            foreach (var (built, schema) in building)
            {
                Structs.TryAdd(built, schema);
            }

            return type;
        }
    }

    private static StructType Build(Type model, Dictionary<Type, StructType> building)
    {
        if (Structs.TryGetValue(model, out var known) || building.TryGetValue(model, out known))
        {
            return known;
        }

        var facts = SchemaFacts.Of(model);
        var name = VersionedName().Match(model.Name);
        var type = new StructType(name.Groups["name"].Value, name.Groups["version"].Value.ToLowerInvariant()) { Atomic = facts.Atomic };
        building.Add(model, type);
        type.Fields = model.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property, name: property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name))
            .Where(pair => pair.name is not null)
            .Select(pair => Field(pair.name!, pair.property.PropertyType, facts.Field(pair.name!), building))
            .ToFrozenDictionary(field => field.Name);
        return type;
    }

    private static SchemaField Field(string name, Type type, FieldFacts facts, Dictionary<Type, StructType> building) =>
        new(name, TypeOf(type, facts, building))
        {
            Always = facts.Always,
            KeepsZero = facts.KeepsZero,
            PatchMerges = facts.PatchMerges,
            PatchMergeKey = facts.PatchMergeKey,
            PatchRetainsKeys = facts.PatchRetainsKeys,
        };

    private static SchemaType TypeOf(Type type, FieldFacts facts, Dictionary<Type, StructType> building)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Scalar(type, facts) is { } scalar)
        {
            return new ScalarType(scalar);
        }

        if (type == typeof(object))
        {
            return AnyType.Instance;
        }

        if (!type.IsGenericType)
        {
            return Build(type, building);
        }

        var arguments = type.GetGenericArguments();
        var element = TypeOf(arguments[^1], FieldFacts.None, building);
        if (arguments.Length == 2)
        {
            return new MapType(element, facts.Atomic);
        }

        return facts switch
        {
            { MapKeys: { } keys } => new ListType(element, ListSharing.Map, [.. keys.Select(key => WithZero(key, element))]),
            { Set: true } => new ListType(element, ListSharing.Set),
            _ => new ListType(element),
        };
    }

    /// <summary>A key that is always present has its zero value where a body leaves it out.</summary>
    private static ListKey WithZero(ListKey key, SchemaType element) => (element as StructType)?.Find(key.Name) switch
    {
        { Always: true, KeepsZero: false, Type: ScalarType scalar } when key.Default is null =>
            key with { Default = scalar.Kind is ScalarKind.Int32 or ScalarKind.Int64 ? "0" : "\"\"" },
        _ => key,
    };

    private static ScalarKind? Scalar(Type type, FieldFacts facts)
    {
        if (type == typeof(string))
        {
            return ScalarKind.String;
        }

        if (type == typeof(bool))
        {
            return ScalarKind.Boolean;
        }

        if (type == typeof(int))
        {
            return ScalarKind.Int32;
        }

        if (type == typeof(long))
        {
            return ScalarKind.Int64;
        }

        if (type == typeof(double))
        {
            return ScalarKind.Number;
        }

        if (type == typeof(byte[]))
        {
            return ScalarKind.Bytes;
        }

        if (type == typeof(IntOrString))
        {
            return ScalarKind.IntOrString;
        }

        if (type == typeof(ResourceQuantity))
        {
            return ScalarKind.Quantity;
        }

        return type == typeof(DateTime) ? facts.MicroTime ? ScalarKind.MicroTime : ScalarKind.Time : null;
    }

    // V1PodSpec, V2MetricSpec, Corev1Event, V1beta1IPAddress
    [GeneratedRegex("^(?:[A-Z][a-z]+)?(?<version>[vV][0-9]+(?:(?:alpha|beta)[0-9]+)?)(?<name>[A-Z].*)$")]
    private static partial Regex VersionedName();
}
