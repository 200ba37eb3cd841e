using System.Text.Json.Nodes;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>The fields in which two states of an object differ, by path. Pure; values that may be secret are masked.</summary>
internal static class FieldDifference
{
    // In this order: the first that every element has, and that tells them apart, names the elements of a list.
    private static readonly string[] ElementKeys = ["name", "mountPath", "containerPort", "port", "topologyKey", "key", "ip", "uid"];

    // The last that a cluster gives out, unless it was told otherwise.
    private const int LastNodePort = 32767;

    // The server's own bookkeeping.
    private static readonly string[] ServerMetadata = ["managedFields", "resourceVersion", "generation", "creationTimestamp", "uid", "selfLink"];

    public static IReadOnlyList<FieldChange> Between(JsonObject before, JsonObject after, Masking masking)
    {
        List<FieldChange> changes = [];
        Compare(Comparable(before), Comparable(after), "", ValueMask.For(after, masking), changes);
        return changes;
    }

    private static JsonObject Comparable(JsonObject state)
    {
        var copy = (JsonObject)state.DeepClone();
        copy.Remove("status");
        if (copy["metadata"] is JsonObject metadata)
        {
            Array.ForEach(ServerMetadata, name => metadata.Remove(name));
            // The Deployment controller counts revisions here.
            (metadata["annotations"] as JsonObject)?.Remove("deployment.kubernetes.io/revision");
            if (metadata["annotations"] is JsonObject { Count: 0 })
            {
                metadata.Remove("annotations");
            }
        }

        return copy;
    }

    private static void Compare(JsonNode? before, JsonNode? after, string path, ValueMask mask, List<FieldChange> changes)
    {
        switch (before, after)
        {
            case (JsonObject left, JsonObject right):
                CompareMembers(left, right, path, mask, changes);
                break;
            case (JsonArray left, JsonArray right) when ElementKey(left, right) is { } key:
                CompareElements(left, right, key, path, mask, changes);
                break;
            case (JsonArray left, JsonArray right) when left.Count == right.Count && left.Concat(right).All(item => item is JsonObject):
                // Rules of an Ingress, metrics of an autoscaler: nothing names them but their place.
                for (var index = 0; index < left.Count; index++)
                {
                    Compare(left[index], right[index], $"{path}[{index}]", mask, changes);
                }

                break;
            default:
                if (!JsonNode.DeepEquals(before, after))
                {
                    changes.Add(new FieldChange(path, mask.Show(path, before), mask.Show(path, after)));
                }

                break;
        }
    }

    private static void CompareMembers(JsonObject before, JsonObject after, string path, ValueMask mask, List<FieldChange> changes)
    {
        foreach (var name in before.Select(member => member.Key).Concat(after.Select(member => member.Key)).Distinct())
        {
            if (IsMadeUp(name, before, after))
            {
                continue;
            }

            Compare(before[name], after[name], Member(path, name), mask.Below(after, before), changes);
        }
    }

    // A dry-run takes no port: it answers with one out of the range, which will not be it.
    private static bool IsMadeUp(string name, JsonObject before, JsonObject after) =>
        name is "nodePort" && before[name] is null && after[name] is JsonValue value && value.TryGetValue<int>(out var port) && port > LastNodePort;

    private static void CompareElements(JsonArray before, JsonArray after, string key, string path, ValueMask mask, List<FieldChange> changes)
    {
        var lefts = before.OfType<JsonObject>().ToDictionary(item => item[key]!.ToString());
        var rights = after.OfType<JsonObject>().ToDictionary(item => item[key]!.ToString());
        foreach (var name in lefts.Keys.Concat(rights.Keys).Distinct())
        {
            Compare(lefts.GetValueOrDefault(name), rights.GetValueOrDefault(name), $"{path}[{key}={name}]", mask, changes);
        }
    }

    /// <summary>The field by which elements of both lists can be told apart; null when there is none.</summary>
    internal static string? ElementKey(JsonArray left, JsonArray right) => ElementKeys.FirstOrDefault(key => Identifies(key, left) && Identifies(key, right));

    private static bool Identifies(string key, JsonArray items) =>
        items.All(item => item is JsonObject element && element[key] is JsonValue)
        && items.Select(item => item![key]!.ToString()).Distinct().Count() == items.Count;

    // A key with dots or slashes, as labels have, is quoted: metadata.labels["app.kubernetes.io/version"].
    internal static string Member(string path, string name)
    {
        if (name.AsSpan().ContainsAny('.', '/'))
        {
            return $"{path}[\"{name}\"]";
        }

        return path.Length == 0 ? name : $"{path}.{name}";
    }
}
