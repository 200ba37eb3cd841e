using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Golden;

/// <summary>What may differ: what the recorder says of a step, and what the rules of the recordings allow. Each entry says why.</summary>
internal static class Tolerances
{
    /// <summary>Groups and resources that the recorded server has and the embedded one does not claim to serve.</summary>
    private static readonly string[] GroupsNotServed = ["admissionregistration.k8s.io", "apiregistration.k8s.io"];

    private static readonly string[] ResourcesNotServed =
    [
        "componentstatuses", "nodes/proxy", "pods/attach", "pods/exec", "pods/portforward", "pods/proxy", "pods/resize", "services/proxy",
        "ipaddresses", "servicecidrs", "servicecidrs/status",
    ];

    public static void Apply(RecordedStep step, JsonNode? expected, JsonNode? actual)
    {
        Keep(step.Keep, actual);
        foreach (var name in step.Ignore)
        {
            Remove(name, expected);
            Remove(name, actual);
        }

        if (expected is not JsonObject wanted || actual is not JsonObject given)
        {
            return;
        }

        switch ((string?)wanted["kind"])
        {
            case "ConfigMapList":
                // Every namespace holds some; the recorder leaves them out.
                RemoveWhere(given["items"], item => Text(item, "metadata.name").EndsWith("-ca.crt", StringComparison.Ordinal));
                break;
            case "Pod":
                WithoutServiceCa(wanted);
                break;
            case "PodList":
                foreach (var pod in ((JsonArray)wanted["items"]!).OfType<JsonObject>())
                {
                    WithoutServiceCa(pod);
                }

                break;
            case "APIVersions" when wanted["serverAddressByClientCIDRs"] is { } addresses:
                // The address is the server's own.
                addresses[0]!["serverAddress"] = "<any>";
                break;
            case "APIGroupList":
                RemoveWhere(wanted["groups"], item => GroupsNotServed.Contains((string?)item["name"]));
                break;
            case "APIResourceList":
                RemoveWhere(wanted["resources"], item => ResourcesNotServed.Contains((string?)item["name"]));
                break;
        }
    }

    private static void Keep(JsonObject? keep, JsonNode? actual)
    {
        if (keep is null || actual is not JsonObject given)
        {
            return;
        }

        var names = keep["in"]!.AsArray().Select(name => (string)name!).ToHashSet();
        if ((string?)keep["map"] is { } map && given[map] is JsonObject entries)
        {
            foreach (var name in entries.Select(entry => entry.Key).Where(name => !names.Contains(name)).ToList())
            {
                entries.Remove(name);
            }
        }

        if ((string?)keep["list"] is not { } list || given[list] is not JsonArray items)
        {
            return;
        }

        var by = (string)keep["by"]!;
        RemoveWhere(items, item => !names.Contains(Text(item, by)));
        if ((bool?)keep["sort"] == true)
        {
            // The recorder's order is the one in which it asks for them, and by value within.
            var order = keep["in"]!.AsArray().Select(name => (string)name!).Order(StringComparer.Ordinal).ToList();
            var sorted = items.Select(item => item!.DeepClone()).OrderBy(item => order.IndexOf(Text(item.AsObject(), by))).ToList();
            given[list] = new JsonArray([.. sorted]);
        }
    }

    private static void Remove(string name, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject obj:
                obj.Remove(name);
                foreach (var (_, value) in obj)
                {
                    Remove(name, value);
                }

                break;
            case JsonArray array:
                foreach (var item in array)
                {
                    Remove(name, item);
                }

                break;
        }
    }

    // The recorded server mounts a certificate authority of its distribution beside the cluster's.
    private static void WithoutServiceCa(JsonObject pod)
    {
        foreach (var volume in (pod["spec"]?["volumes"] as JsonArray ?? []).OfType<JsonObject>())
        {
            RemoveWhere(volume["projected"]?["sources"], source => Text(source, "configMap.name") == "openshift-service-ca.crt");
        }
    }

    private static string Text(JsonObject item, string path)
    {
        JsonNode? node = item;
        foreach (var field in path.Split('.'))
        {
            node = (node as JsonObject)?[field];
        }

        return node?.ToString() ?? "";
    }

    private static void RemoveWhere(JsonNode? list, Func<JsonObject, bool> unwanted)
    {
        foreach (var item in (list as JsonArray ?? []).OfType<JsonObject>().Where(unwanted).ToList())
        {
            ((JsonArray)list!).Remove(item);
        }
    }
}
