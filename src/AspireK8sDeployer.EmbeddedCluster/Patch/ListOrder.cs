using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Patch;

/// <summary>The order of a merged list: what the patch names follows the patch, the rest follows the list as it was.</summary>
internal static class ListOrder
{
    public static JsonArray Enforce(JsonArray merged, JsonArray patchOrder, JsonArray serverOrder, string? mergeKey)
    {
        var items = merged.ToList();
        merged.Clear();
        var named = items.Where(item => Index(patchOrder, item, mergeKey) >= 0).OrderBy(item => Index(patchOrder, item, mergeKey)).ToList();
        var others = items.Where(item => Index(patchOrder, item, mergeKey) < 0).OrderBy(item => Index(serverOrder, item, mergeKey)).ToList();
        var result = new JsonArray();
        int o = 0, n = 0;
        while (o < others.Count || n < named.Count)
        {
            var takeOther = n == named.Count || (o < others.Count && IsBefore(others[o], named[n]));
            result.Add(takeOther ? others[o++] : named[n++]);
        }

        return result;

        bool IsBefore(JsonNode? left, JsonNode? right)
        {
            var l = Index(serverOrder, left, mergeKey);
            var r = Index(serverOrder, right, mergeKey);
            return l >= 0 && r >= 0 && l < r;
        }
    }

    public static bool SameElement(JsonNode? left, JsonNode? right, string? mergeKey) => mergeKey is null
        ? JsonValues.Same(left, right)
        : left is JsonObject a && right is JsonObject b && JsonValues.Same(a[mergeKey], b[mergeKey]);

    private static int Index(JsonArray order, JsonNode? item, string? mergeKey)
    {
        for (var i = 0; i < order.Count; i++)
        {
            if (SameElement(order[i], item, mergeKey))
            {
                return i;
            }
        }

        return -1;
    }
}
