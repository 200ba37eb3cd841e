using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Golden;

/// <summary>What the rules of the recordings allow to differ. Each entry says why.</summary>
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
        if (expected is not JsonObject wanted || actual is not JsonObject given)
        {
            return;
        }

        switch ((string?)wanted["kind"])
        {
            case "ConfigMapList":
                // Every namespace holds some; the recorder leaves them out.
                RemoveWhere(given["items"], item => ((string?)item["metadata"]?["name"])?.EndsWith("-ca.crt", StringComparison.Ordinal) == true);
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
            case "Status":
                // The recorder leaves out messages that are all generated values.
                if (wanted["message"] is null)
                {
                    given.Remove("message");
                }

                // The recorder leaves out the token to go on with.
                if (wanted["metadata"] is JsonObject { Count: 0 } && (string?)wanted["reason"] == "Expired")
                {
                    given["metadata"] = new JsonObject();
                }

                break;
            case "APIGroupList" or "APIGroupDiscoveryList":
                // The recorder keeps some groups only; the embedded server lacks some.
                var list = wanted.ContainsKey("groups") ? "groups" : "items";
                KeepCommon(wanted, given, list, group => (string?)group["name"] ?? (string?)group["metadata"]?["name"] ?? "", GroupsNotServed);
                break;
            case "APIResourceList":
                RemoveWhere(wanted["resources"], item => ResourcesNotServed.Contains((string?)item["name"]));
                break;
            case "APIVersions" when wanted["serverAddressByClientCIDRs"] is null:
                given.Remove("serverAddressByClientCIDRs");
                break;
        }

        if (step.Path == "/api/" && given["serverAddressByClientCIDRs"] is not null)
        {
            // The address is the server's own.
            wanted["serverAddressByClientCIDRs"] = given["serverAddressByClientCIDRs"]!.DeepClone();
        }

        if (step.Path == "/version")
        {
            // What the server was built with and when is its own affair.
            foreach (var field in (string[])["gitCommit", "gitTreeState", "buildDate", "goVersion", "compiler", "platform"])
            {
                given.Remove(field);
            }
        }

        if (step.Path == "/openapi/v3" && wanted["paths"] is JsonObject paths && given["paths"] is JsonObject served)
        {
            foreach (var path in served.Select(pair => pair.Key).Where(path => !paths.ContainsKey(path)).ToList())
            {
                served.Remove(path);
            }
        }
    }

    // The recorded server mounts a certificate authority of its distribution beside the cluster's.
    private static void WithoutServiceCa(JsonObject pod)
    {
        foreach (var volume in (pod["spec"]?["volumes"] as JsonArray ?? []).OfType<JsonObject>())
        {
            RemoveWhere(volume["projected"]?["sources"], source => (string?)source["configMap"]?["name"] == "openshift-service-ca.crt");
        }
    }

    private static void KeepCommon(JsonObject wanted, JsonObject given, string list, Func<JsonObject, string> name, string[] notServed)
    {
        RemoveWhere(wanted[list], item => notServed.Contains(name(item)));
        var names = ((JsonArray)wanted[list]!).Select(item => name((JsonObject)item!)).ToHashSet();
        RemoveWhere(given[list], item => !names.Contains(name(item)));
        foreach (var one in (JsonArray)wanted[list]!)
        {
            var order = (JsonArray)given[list]!;
            var same = order.FirstOrDefault(item => name((JsonObject)item!) == name((JsonObject)one!));
            if (same is not null)
            {
                order.Remove(same);
                order.Add(same);
            }

            KeepFreshness(one, same);
        }
    }

    private static void KeepFreshness(JsonNode? wanted, JsonNode? given)
    {
        foreach (var (one, other) in (wanted?["versions"] as JsonArray ?? []).Zip(given?["versions"] as JsonArray ?? []))
        {
            if (one?["freshness"] is null)
            {
                (other as JsonObject)?.Remove("freshness");
            }
        }
    }

    private static void RemoveWhere(JsonNode? list, Func<JsonObject, bool> unwanted)
    {
        foreach (var item in (list as JsonArray ?? []).OfType<JsonObject>().Where(unwanted).ToList())
        {
            ((JsonArray)list!).Remove(item);
        }
    }
}
