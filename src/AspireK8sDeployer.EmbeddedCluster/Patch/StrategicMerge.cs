using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Patch;

/// <summary>
/// Merges a patch by the schema: lists of objects by their merge key, and with the directives <c>$patch</c>,
/// <c>$retainKeys</c>, <c>$setElementOrder/…</c> and <c>$deleteFromPrimitiveList/…</c>.
/// </summary>
internal static class StrategicMerge
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string SetElementOrder = "$setElementOrder/";
    private const string DeleteFromPrimitiveList = "$deleteFromPrimitiveList/";

    /// <summary>Merges <paramref name="patch"/> into <paramref name="target"/>; both are used up.</summary>
    public static JsonObject Apply(SchemaType? type, JsonObject target, JsonObject patch)
    {
        if (patch.TryGetPropertyValue(Directive, out var directive))
        {
            return Directed(directive, patch);
        }

        Retain(target, patch);
        ApplyOrders(type, target, patch);
        foreach (var (name, value) in patch.ToList())
        {
            patch.Remove(name);
            if (name.StartsWith(DeleteFromPrimitiveList, StringComparison.Ordinal))
            {
                DeletePrimitives(target, name[DeleteFromPrimitiveList.Length..], value);
            }
            else if (value is null)
            {
                target.Remove(name);
            }
            else
            {
                MergeField(type, target, name, value);
            }
        }

        return target;
    }

    /// <summary>The value without directives, for a place where there is nothing to merge it into; null when it is one itself.</summary>
    private static JsonNode? Plain(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject obj when obj.ContainsKey(Directive):
                return null;
            case JsonObject obj:
                foreach (var (name, field) in obj.ToList())
                {
                    obj.Remove(name);
                    if (field is not null && Plain(field) is { } plain)
                    {
                        obj[name] = plain;
                    }
                }

                return obj;
            case JsonArray array:
                var items = array.ToList();
                array.Clear();
                return new JsonArray([.. items.Select(Plain).Where(item => item is not null)]);
            default:
                return value;
        }
    }

    private static void MergeField(SchemaType? type, JsonObject target, string name, JsonNode value)
    {
        var field = (type as StructType)?.Find(name);
        var below = field?.Type ?? (type as MapType)?.Element;
        switch (target[name], value)
        {
            case (JsonObject existing, JsonObject changes):
                target.Remove(name);
                target[name] = Apply(below, existing, changes);
                break;
            case (JsonArray existing, JsonArray changes) when field is { PatchMerges: true }:
                target.Remove(name);
                target[name] = MergeLists((below as ListType)?.Element, field.PatchMergeKey, existing, changes);
                break;
            default:
                target.Remove(name);
                if (Plain(value) is { } plain)
                {
                    target[name] = plain;
                }

                break;
        }
    }

    private static JsonObject Directed(JsonNode? directive, JsonObject patch)
    {
        switch (directive.AsText())
        {
            case "replace":
                patch.Remove(Directive);
                return patch;
            case "delete":
                return [];
            default:
                throw Failure($"unknown patch type: {ServerText.Of(directive)} in map: {ServerText.Of(patch)}");
        }
    }

    private static void Retain(JsonObject target, JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(RetainKeys, out var directive))
        {
            return;
        }

        patch.Remove(RetainKeys);
        if (directive is not JsonArray list)
        {
            throw ApiException.BadRequest("invalid patch format of retainKeys");
        }

        var kept = list.Select(item => item.AsText()).ToHashSet();
        var strays = patch.Where(pair => pair.Value is not null
            && !pair.Key.StartsWith(DeleteFromPrimitiveList, StringComparison.Ordinal)
            && !pair.Key.StartsWith(SetElementOrder, StringComparison.Ordinal)
            && !kept.Contains(pair.Key));
        if (strays.Any())
        {
            throw ApiException.BadRequest("invalid patch format of retainKeys");
        }

        foreach (var name in target.Select(pair => pair.Key).Where(name => !kept.Contains(name)).ToList())
        {
            target.Remove(name);
        }
    }

    private static void DeletePrimitives(JsonObject target, string name, JsonNode? value)
    {
        if (value is not JsonArray deleted)
        {
            throw ApiException.BadRequest("invalid patch format of primitive list");
        }

        if (target[name] is JsonArray list)
        {
            var kept = list.Where(item => !deleted.Any(other => JsonValues.Same(item, other))).ToList();
            list.Clear();
            target[name] = new JsonArray([.. kept]);
        }
    }

    /// <summary>Lists that come with the order that their elements shall have.</summary>
    private static void ApplyOrders(SchemaType? type, JsonObject target, JsonObject patch)
    {
        foreach (var (directive, value) in patch.Where(pair => pair.Key.StartsWith(SetElementOrder, StringComparison.Ordinal)).ToList())
        {
            patch.Remove(directive);
            var name = directive[SetElementOrder.Length..];
            var field = (type as StructType)?.Find(name);
            if (value is not JsonArray order)
            {
                throw Failure($"expected a []interface {{}}, but received a {JsonBody.TypeName(value)}");
            }

            var existing = target[name] as JsonArray;
            var changes = patch[name] as JsonArray;
            if (existing is null && changes is null)
            {
                continue;
            }

            RequireOrdered(changes, order, field?.PatchMergeKey);
            patch.Remove(name);
            target.Remove(name);
            var before = (existing?.DeepClone() as JsonArray) ?? [];
            var merged = existing is null ? Plain(changes) as JsonArray
                : changes is null ? existing
                : MergeLists((field?.Type as ListType)?.Element, field?.PatchMergeKey, existing, changes);
            target[name] = ListOrder.Enforce(merged ?? [], order, before, field?.PatchMergeKey);
        }
    }

    private static void RequireOrdered(JsonArray? changes, JsonArray order, string? mergeKey)
    {
        var at = 0;
        foreach (var change in (changes ?? []).Where(item => item is not JsonObject obj || !obj.ContainsKey(Directive)))
        {
            while (at < order.Count && !ListOrder.SameElement(order[at], change, mergeKey))
            {
                at++;
            }

            if (at == order.Count)
            {
                throw Failure($"The order in patch list:\n{ServerText.Of(changes)}\n doesn't match $setElementOrder list:\n{ServerText.Of(order)}\n");
            }

            at++;
        }
    }

    private static JsonArray MergeLists(SchemaType? element, string? mergeKey, JsonArray target, JsonArray patch)
    {
        var before = (JsonArray)target.DeepClone();
        if (mergeKey is null)
        {
            var values = new JsonArray();
            foreach (var item in target.Concat(patch).Where(item => item is not null))
            {
                if (!values.Any(value => JsonValues.Same(value, item)))
                {
                    values.Add(item!.DeepClone());
                }
            }

            return ListOrder.Enforce(values, patch, before, mergeKey);
        }

        var items = target.ToList();
        target.Clear();
        var changes = WithoutDirectives(items, patch, mergeKey, ref before);
        foreach (var change in changes)
        {
            if (!change.TryGetPropertyValue(mergeKey, out var key))
            {
                throw NoMergeKey(change, mergeKey);
            }

            var at = items.FindIndex(item => item is JsonObject obj && JsonValues.Same(obj[mergeKey], key));
            if (at >= 0)
            {
                items[at] = Apply(element, (JsonObject)items[at]!, (JsonObject)change.DeepClone());
            }
            else
            {
                items.Add(Plain(change.DeepClone()));
            }
        }

        return ListOrder.Enforce(new JsonArray([.. items]), new JsonArray([.. changes.Select(change => change.DeepClone())]), before, mergeKey);
    }

    /// <summary>Carries out the directives among the elements of a list; gives the other elements.</summary>
    private static List<JsonObject> WithoutDirectives(List<JsonNode?> items, JsonArray patch, string mergeKey, ref JsonArray before)
    {
        var changes = new List<JsonObject>();
        var replaces = false;
        foreach (var change in patch.OfType<JsonObject>())
        {
            if (!change.TryGetPropertyValue(Directive, out var directive))
            {
                changes.Add(change);
                continue;
            }

            switch (directive.AsText())
            {
                case "delete" when change.TryGetPropertyValue(mergeKey, out var key):
                    items.RemoveAll(item => item is JsonObject obj && JsonValues.Same(obj[mergeKey], key));
                    break;
                case "delete":
                    throw NoMergeKey(change, mergeKey);
                case "replace":
                    replaces = true;
                    break;
                case "merge":
                    throw Failure("merging lists cannot yet be specified in the patch");
                default:
                    throw Failure($"unknown patch type: {ServerText.Of(directive)} in map: {ServerText.Of(change)}");
            }
        }

        if (!replaces)
        {
            return changes;
        }

        items.Clear();
        items.AddRange(changes.Select(change => change.DeepClone()));
        before = new JsonArray([.. changes.Select(change => change.DeepClone())]);
        return [];
    }

    private static ApiException NoMergeKey(JsonObject change, string mergeKey) =>
        Failure($"map: {ServerText.Of(change)} does not contain declared merge key: {mergeKey}");

    private static ApiException Failure(string problem) => new(500, "", problem);
}
