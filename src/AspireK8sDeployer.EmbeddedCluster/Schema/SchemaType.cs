using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Schema;

/// <summary>What a value may be: the one description that decoding, patching and field ownership share.</summary>
internal abstract class SchemaType
{
    /// <summary>How a decoding error names the type, which is how the server's own language does.</summary>
    public abstract string DisplayName { get; }
}

/// <summary>A value without parts.</summary>
internal sealed class ScalarType(ScalarKind kind) : SchemaType
{
    public ScalarKind Kind => kind;

    public override string DisplayName => kind switch
    {
        ScalarKind.Boolean => "bool",
        ScalarKind.Int32 => "int32",
        ScalarKind.Int64 => "int64",
        ScalarKind.Number => "float64",
        ScalarKind.Bytes => "[]uint8",
        _ => "string",
    };
}

/// <summary>Any JSON; the schema says nothing of its inside.</summary>
internal sealed class AnyType : SchemaType
{
    public static readonly AnyType Instance = new();

    /// <summary>An object or list in it is owned field by field, as in a custom resource that keeps unknown fields.</summary>
    public static readonly AnyType Granular = new();

    public override string DisplayName => "interface {}";
}

/// <summary>A list, and how two writers share it.</summary>
internal sealed class ListType(SchemaType element, ListSharing sharing = ListSharing.Atomic, IReadOnlyList<ListKey>? keys = null) : SchemaType
{
    public SchemaType Element => element;

    public ListSharing Sharing => sharing;

    /// <summary>The fields that tell one element from another, in alphabetical order.</summary>
    public IReadOnlyList<ListKey> Keys { get; } = keys is null ? [] : [.. keys.OrderBy(key => key.Name, StringComparer.Ordinal)];

    public override string DisplayName => "[]" + element.DisplayName;
}

/// <summary>A key of the elements of a list, and its value, as JSON, in an element that leaves it out.</summary>
internal sealed record ListKey(string Name, string? Default = null);

/// <summary>An object with free keys.</summary>
internal sealed class MapType(SchemaType element, bool atomic = false) : SchemaType
{
    public SchemaType Element => element;

    public bool Atomic => atomic;

    public override string DisplayName => "map[string]" + element.DisplayName;
}

/// <summary>An object with declared fields.</summary>
internal sealed class StructType(string name, string package) : SchemaType
{
    private FrozenDictionary<string, SchemaField> _fields = FrozenDictionary<string, SchemaField>.Empty;

    /// <summary>The type's name without its version: <c>DeploymentSpec</c>.</summary>
    public string Name => name;

    public override string DisplayName => $"{package}.{name}";

    /// <summary>Owned as a whole, as a label selector is.</summary>
    public bool Atomic { get; init; }

    /// <summary>Decoded as the server decodes its own types: zero values fall away or appear, whatever the body says of them.</summary>
    public bool Native { get; init; } = true;

    /// <summary>Fields that are not declared are kept.</summary>
    public bool PreservesUnknown { get; init; }

    /// <summary>The fields; a field's type may refer back to this one.</summary>
    public FrozenDictionary<string, SchemaField> Fields
    {
        get => _fields;
        set
        {
            _fields = value;
            Always = [.. value.Values.Where(declared => declared.Always)];
        }
    }

    /// <summary>The fields that are present in every object, if need be with their zero value.</summary>
    public IReadOnlyList<SchemaField> Always { get; private set; } = [];

    public SchemaField? Find(string field) => _fields.GetValueOrDefault(field);
}

/// <summary>A declared field.</summary>
internal sealed class SchemaField(string name, SchemaType type)
{
    public string Name => name;

    public SchemaType Type => type;

    /// <summary>Present even when it has its zero value.</summary>
    public bool Always { get; init; }

    /// <summary>Absent and zero are two things: <c>replicas: 0</c> stays.</summary>
    public bool KeepsZero { get; init; }

    /// <summary>Strategic merge: lists are merged, by <see cref="PatchMergeKey"/> when their elements are objects.</summary>
    public bool PatchMerges { get; init; }

    public string? PatchMergeKey { get; init; }

    /// <summary>Strategic merge: the patch names the keys that stay.</summary>
    public bool PatchRetainsKeys { get; init; }

    /// <summary>Filled in when the body leaves the field out (custom resources).</summary>
    public JsonNode? Default { get; init; }
}
