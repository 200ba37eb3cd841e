using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>What a namespace holds, as text that is the same wherever the same was deployed.</summary>
internal static class LiveState
{
    private static readonly ObjectKind[] Kinds = [.. ObjectKind.Always, .. ObjectKind.Optional.Where(kind => kind.Group is not ("keda.sh" or "gateway.networking.k8s.io")), ObjectKind.Lease];

    public static async Task<string> OfAsync(ClusterObjects cluster, string @namespace, CancellationToken cancellationToken)
    {
        var lists = await Task.WhenAll(Kinds.Select(kind => cluster.ListAsync(kind, @namespace, ObjectSelector.All, cancellationToken)));
        var lines = lists.SelectMany(list => list.Items).Where(item => !IsOfEveryNamespace(item) && !IsRelease(item)).Select(item => CallName.Masked(Essence(item), @namespace));
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    private static bool IsOfEveryNamespace(JsonObject item) => (string)item["metadata"]!["name"]! is "default" or "kube-root-ca.crt";

    // As many as there were deploys, those that failed included.
    private static bool IsRelease(JsonObject item) => ((string)item["metadata"]!["name"]!).StartsWith("aspire-k8s.greeter.r", StringComparison.Ordinal);

    private static string Essence(JsonObject item)
    {
        var metadata = item["metadata"]!.AsObject();
        foreach (var field in new[] { "uid", "resourceVersion", "creationTimestamp", "managedFields", "generation" })
        {
            metadata.Remove(field);
        }

        (metadata["annotations"] as JsonObject)?.Remove("deployment.kubernetes.io/revision");
        item.Remove("status");
        switch ((string)item["kind"]!)
        {
            case "Lease":
                // Whoever had it last, it is to be free.
                item["spec"] = (string?)item["spec"]?["holderIdentity"];
                break;
            case "Secret":
                // Random, or with a random name in it.
                item["data"] = string.Join(',', item["data"]!.AsObject().Select(entry => entry.Key).Order(StringComparer.Ordinal));
                break;
            case "Service":
                var spec = item["spec"]!.AsObject();
                spec.Remove("clusterIP");
                spec.Remove("clusterIPs");
                break;
        }

        return item.ToJsonString();
    }
}
