using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Diagnose;
using AspireK8sDeployer.Engine.Releases;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Rollback;

/// <summary>
/// Keeps what is to be seen of a rollout that failed: the states of its pods, what was said about them, and the last lines of
/// their containers. After a roll back the pods are gone, and the rest with them.
/// </summary>
internal sealed class EvidenceReader(ClusterObjects cluster)
{
    private const int MostPods = 5;
    private const int MostEvents = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly PodLogs _logs = new(cluster);

    /// <summary>The evidence, packed; null when there is none to be had, which is no reason to fail otherwise.</summary>
    public async Task<byte[]?> ReadAsync(DeploymentSettings settings, CancellationToken cancellationToken)
    {
        using var either = new TimeLimit(Patience, cluster.Time, cancellationToken);
        try
        {
            var list = await cluster.ListAsync(ObjectKind.Pod, settings.Namespace, ObjectSelector.OfDeployment(settings.Name), either.Token).ConfigureAwait(false);
            var pods = list.Items.OrderBy(IsReady).ThenByDescending(pod => (string?)pod["metadata"]?["creationTimestamp"], StringComparer.Ordinal).Take(MostPods).ToList();
            var evidence = new JsonObject
            {
                ["pods"] = new JsonArray([.. await Task.WhenAll(pods.Select(pod => OfPodAsync(settings, pod, either.Token))).ConfigureAwait(false)]),
                ["events"] = await EventsAsync(settings, either.Token).ConfigureAwait(false),
            };
            var text = SecretMask.Hide(evidence.ToJsonString(Render.YamlJson.Options), SecretMask.Of(settings));
            return PackedManifest.Compress(System.Text.Encoding.UTF8.GetBytes(text));
        }
        catch (Exception failure) when (failure is ApiFailure or ClusterUnreachableException or JsonException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<JsonNode> OfPodAsync(DeploymentSettings settings, JsonObject pod, CancellationToken cancellationToken)
    {
        var name = (string)pod["metadata"]!["name"]!;
        var logs = new JsonObject();
        foreach (var container in PodTree.ContainerStatuses(pod).Where(container => (bool?)container["ready"] != true))
        {
            var of = (string?)container["name"] ?? "";
            var previous = container["state"]?["running"] is null && container["lastState"]?["terminated"] is not null;
            logs[of] = await _logs.TailAsync(settings.Namespace, name, of, previous, cancellationToken).ConfigureAwait(false);
        }

        return new JsonObject { ["name"] = name, ["node"] = pod["spec"]?["nodeName"]?.DeepClone(), ["status"] = pod["status"]?.DeepClone(), ["logs"] = logs };
    }

    private async Task<JsonArray> EventsAsync(DeploymentSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            var list = await cluster.ListAsync(ObjectKind.Event, settings.Namespace, ObjectSelector.All, cancellationToken).ConfigureAwait(false);
            return
            [
                .. list.Items.Where(item => IsAbout(item, settings.Name))
                    .OrderByDescending(item => (string?)item["lastTimestamp"] ?? (string?)item["eventTime"], StringComparer.Ordinal).Take(MostEvents)
                    .Select(item => new JsonObject
                    {
                        ["object"] = $"{item["involvedObject"]?["kind"]}/{item["involvedObject"]?["name"]}",
                        ["type"] = item["type"]?.DeepClone(),
                        ["reason"] = item["reason"]?.DeepClone(),
                        ["message"] = item["message"]?.DeepClone(),
                        ["count"] = item["count"]?.DeepClone(),
                        ["last"] = item["lastTimestamp"]?.DeepClone() ?? item["eventTime"]?.DeepClone(),
                    }),
            ];
        }
        catch (ApiFailure)
        {
            return [];
        }
    }

    // ReplicaSets and pods are named after their Deployment.
    private static bool IsAbout(JsonObject @event, string deployment) =>
        (string?)@event["involvedObject"]?["name"] is { } name && (name == deployment || name.StartsWith(deployment + "-", StringComparison.Ordinal));

    private static bool IsReady(JsonObject pod) =>
        (pod["status"]?["conditions"] as JsonArray ?? []).Any(condition => (string?)condition?["type"] == "Ready" && (string?)condition["status"] == "True");
}
