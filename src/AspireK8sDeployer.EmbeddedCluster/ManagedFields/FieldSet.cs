using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>A set of paths in an object. Operations give new sets; parts that do not change are shared.</summary>
internal sealed class FieldSet
{
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);

    public bool IsEmpty => _nodes.Count == 0;

    public static FieldSet Of(params ReadOnlySpan<string[]> paths)
    {
        var set = new FieldSet();
        foreach (var path in paths)
        {
            set.Insert([.. path.Select(PathElement.Field)]);
        }

        return set;
    }

    /// <summary>Reads the form that <c>fieldsV1</c> has.</summary>
    public static FieldSet FromJson(JsonObject fields)
    {
        var set = new FieldSet();
        foreach (var (element, below) in fields)
        {
            if (element == ".")
            {
                continue;
            }

            var inner = below as JsonObject;
            var children = inner is { Count: > 0 } ? FromJson(inner) : null;
            var isMember = inner is null or { Count: 0 } || inner.ContainsKey(".");
            set._nodes[element] = new Node(isMember, children is { IsEmpty: false } ? children : null);
        }

        return set;
    }

    public JsonObject ToJson()
    {
        var fields = new JsonObject();
        foreach (var (element, node) in Sorted())
        {
            var below = node.Children?.ToJson() ?? [];
            if (node.IsMember && node.Children is not null)
            {
                below.Insert(0, ".", new JsonObject());
            }

            fields[element] = below;
        }

        return fields;
    }

    /// <summary>Adds a path to this set.</summary>
    public void Insert(List<string> path) => Insert(path, 0);

    public bool Has(IReadOnlyList<string> path)
    {
        var set = this;
        for (var i = 0; i < path.Count - 1; i++)
        {
            if (set._nodes.GetValueOrDefault(path[i]).Children is not { } below)
            {
                return false;
            }

            set = below;
        }

        return path.Count > 0 && set.Contains(path[^1]);
    }

    public bool Contains(string element) => _nodes.GetValueOrDefault(element).IsMember;

    /// <summary>What the set has below a step; null when nothing.</summary>
    public FieldSet? Below(string element) => _nodes.GetValueOrDefault(element).Children;

    public FieldSet Union(FieldSet other)
    {
        if (IsEmpty)
        {
            return other;
        }

        if (other.IsEmpty)
        {
            return this;
        }

        var result = Copy();
        foreach (var (element, theirs) in other._nodes)
        {
            var ours = result._nodes.GetValueOrDefault(element);
            var children = ours.Children is null ? theirs.Children
                : theirs.Children is null ? ours.Children
                : ours.Children.Union(theirs.Children);
            result._nodes[element] = new Node(ours.IsMember || theirs.IsMember, children);
        }

        return result;
    }

    public FieldSet Intersect(FieldSet other)
    {
        var result = new FieldSet();
        foreach (var (element, ours) in _nodes)
        {
            if (other._nodes.TryGetValue(element, out var theirs))
            {
                var children = ours.Children is null || theirs.Children is null ? null : ours.Children.Intersect(theirs.Children);
                result.Set(element, new Node(ours.IsMember && theirs.IsMember, children));
            }
        }

        return result;
    }

    /// <summary>Without the paths of <paramref name="other"/>; what lies below them stays.</summary>
    public FieldSet Except(FieldSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return this;
        }

        var result = new FieldSet();
        foreach (var (element, ours) in _nodes)
        {
            var theirs = other._nodes.GetValueOrDefault(element);
            var children = ours.Children is null || theirs.Children is null ? ours.Children : ours.Children.Except(theirs.Children);
            result.Set(element, new Node(ours.IsMember && !theirs.IsMember, children));
        }

        return result;
    }

    /// <summary>Without the paths of <paramref name="other"/> and all that lies below them.</summary>
    public FieldSet ExceptBelow(FieldSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return this;
        }

        var result = new FieldSet();
        foreach (var (element, ours) in _nodes)
        {
            var theirs = other._nodes.GetValueOrDefault(element);
            if (!theirs.IsMember)
            {
                var children = ours.Children is null || theirs.Children is null ? ours.Children : ours.Children.ExceptBelow(theirs.Children);
                result.Set(element, new Node(ours.IsMember, children));
            }
        }

        return result;
    }

    /// <summary>With every declared field on the way to a path, so that removing the last path below one removes it too.</summary>
    public FieldSet WithNamedFields(SchemaType? type)
    {
        var result = new FieldSet();
        foreach (var (element, node) in _nodes)
        {
            var (below, declared) = Descend(type, element);
            result._nodes[element] = new Node(
                node.IsMember || (node.Children is not null && declared), node.Children?.WithNamedFields(below));
        }

        return result;
    }

    /// <summary>The paths, fields first and in order of their names.</summary>
    public IEnumerable<string[]> Paths() => Paths([]);

    private IEnumerable<string[]> Paths(string[] prefix)
    {
        foreach (var (element, node) in Sorted())
        {
            if (node.IsMember)
            {
                yield return [.. prefix, element];
            }
        }

        foreach (var (element, node) in Sorted())
        {
            foreach (var path in node.Children?.Paths([.. prefix, element]) ?? [])
            {
                yield return path;
            }
        }
    }

    private static (SchemaType? Type, bool Declared) Descend(SchemaType? type, string element) => type switch
    {
        StructType known when PathElement.FieldName(element) is { } name && known.Find(name) is { } field => (field.Type, true),
        MapType map when PathElement.FieldName(element) is not null => (map.Element, false),
        ListType list when PathElement.IsKey(element) => (list.Element, false),
        _ => (null, false),
    };

    private void Insert(List<string> path, int from)
    {
        if (from == path.Count)
        {
            return;
        }

        var element = path[from];
        var node = _nodes.GetValueOrDefault(element);
        if (from == path.Count - 1)
        {
            _nodes[element] = node with { IsMember = true };
            return;
        }

        if (node.Children is null)
        {
            node = node with { Children = new FieldSet() };
            _nodes[element] = node;
        }

        node.Children.Insert(path, from + 1);
    }

    private FieldSet Copy()
    {
        var copy = new FieldSet();
        foreach (var (element, node) in _nodes)
        {
            copy._nodes.Add(element, node);
        }

        return copy;
    }

    private void Set(string element, Node node)
    {
        var children = node.Children is { IsEmpty: false } ? node.Children : null;
        if (node.IsMember || children is not null)
        {
            _nodes[element] = new Node(node.IsMember, children);
        }
    }

    private IEnumerable<KeyValuePair<string, Node>> Sorted() => _nodes.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    /// <param name="IsMember">The path that ends here is in the set.</param>
    /// <param name="Children">The paths that go on from here; never an empty set.</param>
    private readonly record struct Node(bool IsMember, FieldSet? Children);
}
