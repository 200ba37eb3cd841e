using System.Text.Json.Nodes;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Golden;

/// <summary>
/// Takes out of both answers what only controllers write, for scenarios that are replayed against the bare API server: their
/// entries in managedFields, status, the revision annotation, and the versions that come with them.
/// </summary>
internal static class ControllersAbsent
{
    private static readonly string[] Writers = ["kube-controller-manager", "kubelet", "kube-scheduler", "cluster-policy-controller", "route-controller-manager"];

    private static readonly string[] WatchedKinds =
    [
        "Deployment", "DeploymentList", "ReplicaSet", "ReplicaSetList", "StatefulSet", "StatefulSetList", "HorizontalPodAutoscaler",
        "PodDisruptionBudget", "ResourceQuota", "Namespace",
    ];

    public static void TakeOut(RecordedStep step, JsonNode? expected, JsonNode? actual)
    {
        if (expected is not JsonObject wanted || actual is not JsonObject given || !WatchedKinds.Contains((string?)wanted["kind"]))
        {
            return;
        }

        if (wanted["items"] is JsonArray wantedItems && given["items"] is JsonArray givenItems)
        {
            foreach (var (one, other) in wantedItems.Zip(givenItems))
            {
                Clean(step, (JsonObject)one!, (JsonObject)other!);
            }
        }
        else
        {
            Clean(step, wanted, given);
        }
    }

    private static void Clean(RecordedStep step, JsonObject wanted, JsonObject given)
    {
        var touched = false;
        if (wanted["metadata"]?["managedFields"] is JsonArray entries)
        {
            foreach (var entry in entries.Where(entry => Writers.Contains((string?)entry?["manager"])).ToList())
            {
                entries.Remove(entry);
                touched = true;
            }

            if (entries.Count == 0)
            {
                ((JsonObject)wanted["metadata"]!).Remove("managedFields");
            }
        }

        // The recorder leaves out versions and owners that depend on when a controller came by.
        foreach (var field in (string[])["resourceVersion", "managedFields"])
        {
            if (wanted["metadata"]?[field] is null)
            {
                (given["metadata"] as JsonObject)?.Remove(field);
            }
        }

        if (touched && !step.Path.Contains("/status", StringComparison.Ordinal))
        {
            wanted.Remove("status");
            given.Remove("status");
        }

        if (wanted["status"] is null && !step.Path.Contains("/status", StringComparison.Ordinal))
        {
            given.Remove("status");
        }

        if (wanted["metadata"]?["annotations"] is JsonObject annotations && annotations.Remove("deployment.kubernetes.io/revision"))
        {
            touched = true;
            if (annotations.Count == 0)
            {
                ((JsonObject)wanted["metadata"]!).Remove("annotations");
            }
        }

        if (touched && wanted["metadata"] is JsonObject metadata)
        {
            metadata["resourceVersion"] = "<rv>";
        }
    }
}
