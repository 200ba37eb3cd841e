using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>What changed from one object to another, as paths.</summary>
internal sealed class FieldComparison
{
    private readonly List<string> _path = [];

    private FieldComparison()
    {
    }

    public FieldSet Added { get; private set; } = new();

    public FieldSet Modified { get; private set; } = new();

    public FieldSet Removed { get; private set; } = new();

    public bool IsEmpty => Added.IsEmpty && Modified.IsEmpty && Removed.IsEmpty;

    public static FieldComparison Between(SchemaType type, JsonObject before, JsonObject after)
    {
        var comparison = new FieldComparison();
        comparison.Compare(type, true, before, true, after);
        return comparison;
    }

    /// <summary>Without the fields that a request may not change.</summary>
    public FieldComparison Except(FieldSet ignored) => ignored.IsEmpty ? this : new FieldComparison
    {
        Added = Added.ExceptBelow(ignored),
        Modified = Modified.ExceptBelow(ignored),
        Removed = Removed.ExceptBelow(ignored),
    };

    private void Compare(SchemaType? type, bool hasLeft, JsonNode? left, bool hasRight, JsonNode? right)
    {
        if (hasLeft && hasRight && ReferenceEquals(left, right))
        {
            return;
        }

        switch (TypedShape.Of(type, left, right))
        {
            case Shape.Fields:
                CompareFields(type, left as JsonObject, right as JsonObject);
                break;
            case Shape.Items:
                CompareItems((ListType)type!, left as JsonArray, right as JsonArray);
                break;
            case Shape.Leaf when hasLeft && hasRight:
                if (!JsonValues.Same(left, right))
                {
                    Modified.Insert(_path);
                }

                return;
        }

        if (!hasLeft)
        {
            Added.Insert(_path);
        }
        else if (!hasRight)
        {
            Removed.Insert(_path);
        }
    }

    private void CompareFields(SchemaType? type, JsonObject? left, JsonObject? right)
    {
        foreach (var (name, before) in left ?? [])
        {
            JsonNode? after = null;
            var stays = right is not null && right.TryGetPropertyValue(name, out after);
            At(PathElement.Field(name), TypedShape.Field(type, name), true, before, stays, after);
        }

        foreach (var (name, after) in right ?? [])
        {
            if (left is null || !left.ContainsKey(name))
            {
                At(PathElement.Field(name), TypedShape.Field(type, name), false, null, true, after);
            }
        }
    }

    private void CompareItems(ListType type, JsonArray? left, JsonArray? right)
    {
        var before = Grouped(type, left);
        var after = Grouped(type, right);
        foreach (var element in before.Keys.Concat(after.Keys.Where(key => !before.ContainsKey(key))))
        {
            var old = before.GetValueOrDefault(element) ?? [];
            var now = after.GetValueOrDefault(element) ?? [];
            if (old.Count <= 1 && now.Count <= 1)
            {
                At(element, type.Element, old.Count == 1, old.FirstOrDefault(), now.Count == 1, now.FirstOrDefault());
            }
            else
            {
                CompareDuplicates(type, element, old, now);
            }
        }
    }

    /// <summary>Elements with the same key are one thing together, as updates may bring them and applies may not.</summary>
    private void CompareDuplicates(ListType type, string element, List<JsonNode?> old, List<JsonNode?> now)
    {
        if (old.Count > 1 && now.Count > 1)
        {
            if (old.Count != now.Count || !old.Zip(now).All(pair => JsonValues.Same(pair.First, pair.Second)))
            {
                InsertAt(Modified, element);
            }
        }
        else if (old.Count > 1)
        {
            if (now.Count == 1)
            {
                At(element, type.Element, false, null, true, now[0]);
            }

            InsertAt(Removed, element);
        }
        else
        {
            if (old.Count == 1)
            {
                At(element, type.Element, true, old[0], false, null);
            }

            InsertAt(Added, element);
        }
    }

    private void At(string element, SchemaType? type, bool hasLeft, JsonNode? left, bool hasRight, JsonNode? right)
    {
        _path.Add(element);
        Compare(type, hasLeft, left, hasRight, right);
        _path.RemoveAt(_path.Count - 1);
    }

    private void InsertAt(FieldSet set, string element)
    {
        _path.Add(element);
        set.Insert(_path);
        _path.RemoveAt(_path.Count - 1);
    }

    private static Dictionary<string, List<JsonNode?>> Grouped(ListType type, JsonArray? list)
    {
        var groups = new Dictionary<string, List<JsonNode?>>(StringComparer.Ordinal);
        foreach (var item in list ?? [])
        {
            var element = PathElement.Item(type, item);
            if (!groups.TryGetValue(element, out var group))
            {
                groups.Add(element, group = []);
            }

            group.Add(item);
        }

        return groups;
    }
}
