using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Schema;

namespace AspireK8sDeployer.EmbeddedCluster.Defaults;

/// <summary>Limits of containers imply each other: the maximum is the default, the default is requested, else the minimum.</summary>
internal static class LimitRangeDefaults
{
    private static readonly string[] Amounts = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"];

    public static void Item(JsonObject item)
    {
        foreach (var name in Amounts)
        {
            PodDefaults.Round(item.Object(name));
        }

        if (item.TextOf("type") != "Container")
        {
            return;
        }

        var limits = item.ObjectOrNew("default");
        Copy(item.Object("max"), limits);
        var requests = item.ObjectOrNew("defaultRequest");
        Copy(limits, requests);
        Copy(item.Object("min"), requests);
        foreach (var name in Amounts)
        {
            if (item[name] is JsonObject { Count: 0 })
            {
                item.Remove(name);
            }
        }
    }

    private static void Copy(JsonObject? from, JsonObject to)
    {
        foreach (var (name, amount) in from ?? [])
        {
            if (!to.ContainsKey(name))
            {
                to[name] = amount?.DeepClone();
            }
        }
    }
}
