using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.ManagedFields;

/// <summary>Lays an applied object over the live one: lists by their keys, atomic values whole.</summary>
internal static class TypedMerge
{
    public static JsonObject Merge(SchemaType type, JsonObject live, JsonObject applied) =>
        MergeFields(type, live, applied) ?? [];

    private static JsonNode? Merge(SchemaType? type, bool hasLeft, JsonNode? left, bool hasRight, JsonNode? right, out bool present)
    {
        present = true;
        switch (TypedShape.Of(type, left, right))
        {
            case Shape.Fields:
                var fields = MergeFields(type, left as JsonObject, right as JsonObject);
                present = fields is not null;
                return fields;
            case Shape.Items:
                var items = MergeItems((ListType)type!, left as JsonArray, right as JsonArray);
                present = items.Count > 0;
                return items;
            default:
                return (hasRight ? right : left)?.DeepClone();
        }
    }

    private static JsonObject? MergeFields(SchemaType? type, JsonObject? left, JsonObject? right)
    {
        var result = new JsonObject();
        foreach (var (name, before) in left ?? [])
        {
            JsonNode? after = null;
            var isApplied = right is not null && right.TryGetPropertyValue(name, out after);
            var value = isApplied ? Merge(TypedShape.Field(type, name), true, before, true, after, out var present) : Kept(before, out present);
            if (present)
            {
                result[name] = value;
            }
        }

        foreach (var (name, after) in right ?? [])
        {
            if (left is null || !left.ContainsKey(name))
            {
                var value = Merge(TypedShape.Field(type, name), false, null, true, after, out var present);
                if (present)
                {
                    result[name] = value;
                }
            }
        }

        return result.Count > 0 ? result : null;
    }

    private static JsonNode? Kept(JsonNode? value, out bool present)
    {
        present = true;
        return value?.DeepClone();
    }

    /// <summary>
    /// Elements of both sides are merged and stand in the order of the applied list; elements that only the live list has keep
    /// their place relative to them.
    /// </summary>
    private static JsonArray MergeItems(ListType type, JsonArray? left, JsonArray? right)
    {
        var leftElements = left?.Select(item => PathElement.Item(type, item)).ToList() ?? [];
        var rightElements = right?.Select(item => PathElement.Item(type, item)).ToList() ?? [];
        var leftItems = Index(leftElements, left);
        var rightItems = Index(rightElements, right);
        var shared = new Queue<string>(rightElements.Where(leftItems.ContainsKey));
        var next = shared.TryDequeue(out var first) ? first : null;
        var merged = new HashSet<string>(StringComparer.Ordinal);
        var result = new JsonArray();
        int l = 0, r = 0;
        while (l < leftElements.Count || r < rightElements.Count)
        {
            if (l < leftElements.Count && r < rightElements.Count)
            {
                var element = leftElements[l];
                if (element == rightElements[r])
                {
                    Take(element);
                    l++;
                    r++;
                    next = shared.TryDequeue(out var following) ? following : null;
                    continue;
                }

                if (rightItems.ContainsKey(element) && next is not null && next != element)
                {
                    l++;
                    continue;
                }
            }

            if (l < leftElements.Count)
            {
                var element = leftElements[l];
                if (!rightItems.ContainsKey(element))
                {
                    result.Add(left![l]?.DeepClone());
                    l++;
                    continue;
                }

                if (merged.Contains(element))
                {
                    l++;
                }
            }

            if (r < rightElements.Count)
            {
                var element = rightElements[r];
                Take(element);
                r++;
                if (next == element)
                {
                    next = shared.TryDequeue(out var following) ? following : null;
                }
            }
        }

        return result;

        void Take(string element)
        {
            merged.Add(element);
            var hasLeft = leftItems.TryGetValue(element, out var before);
            var value = Merge(type.Element, hasLeft, before, true, rightItems[element], out var present);
            if (present)
            {
                result.Add(value);
            }
        }
    }

    private static Dictionary<string, JsonNode?> Index(List<string> elements, JsonArray? items)
    {
        var index = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        for (var i = 0; i < elements.Count; i++)
        {
            // Duplicates in the live object are not merged with what is applied.
            index[elements[i]] = index.ContainsKey(elements[i]) ? null : items![i];
        }

        return index;
    }
}
