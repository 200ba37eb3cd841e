using System.Text.Json.Nodes;
using System.Threading.Channels;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>Stands in for a node: every pod is ready the moment it is there, and nothing runs.</summary>
internal sealed class ReadyPods(ClusterObjects cluster)
{
    private const string Node = "ready";

    // Where nothing listens, and that is answered at once; the API refuses endpoints below 127.16.
    private const string Address = "127.99.250.250";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await RegisterAsync(cancellationToken);
        var pods = Channel.CreateUnbounded<JsonObject>();
        var stream = new ObjectStream(cluster, ObjectKind.Pod, null, ObjectSelector.All);
        var following = FollowAsync(stream, pods.Writer, cancellationToken);
        await foreach (var pod in pods.Reader.ReadAllAsync(cancellationToken))
        {
            await TendAsync(pod, cancellationToken);
        }

        await following;
    }

    private static async Task FollowAsync(ObjectStream stream, ChannelWriter<JsonObject> pods, CancellationToken cancellationToken)
    {
        try
        {
            await stream.RunAsync(change => change.Objects.Where(_ => change.Change != StreamChange.Removed).ToList().ForEach(pod => pods.TryWrite(pod)), cancellationToken);
        }
        catch (Exception failure)
        {
            pods.TryComplete(failure);
        }
    }

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        JsonObject Room() => new() { ["cpu"] = "100k", ["memory"] = "100Ti", ["pods"] = "100k" };
        var node = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Node",
            ["metadata"] = new JsonObject { ["name"] = Node },
            ["status"] = new JsonObject { ["capacity"] = Room(), ["allocatable"] = Room(), ["conditions"] = new JsonArray(True("Ready")) },
        };
        await cluster.Client.SendAsync(new ApiRequest(HttpMethod.Post, "api/v1/nodes") { Body = node.DeepClone().AsObject() }, cancellationToken);
        await cluster.Client.SendAsync(
            new ApiRequest(HttpMethod.Patch, $"api/v1/nodes/{Node}/status") { Body = new JsonObject { ["status"] = node["status"]!.DeepClone() }, ContentType = "application/merge-patch+json" },
            cancellationToken);
    }

    private async Task TendAsync(JsonObject pod, CancellationToken cancellationToken)
    {
        try
        {
            if (pod["metadata"]!["deletionTimestamp"] is not null)
            {
                await cluster.Client.SendAsync(new ApiRequest(HttpMethod.Delete, Path(pod)) { Body = new JsonObject { ["gracePeriodSeconds"] = 0 } }, cancellationToken);
            }
            else if (pod["spec"]!["nodeName"] is not null && (string?)pod["status"]?["phase"] != "Running")
            {
                await RunAsync(pod, cancellationToken);
            }
        }
        catch (ApiFailure failure) when (failure.IsNotFound || failure.IsStale)
        {
            // It is gone, or will be told of again.
        }
    }

    private async Task RunAsync(JsonObject pod, CancellationToken cancellationToken)
    {
        var statuses = pod["spec"]!["containers"]!.AsArray().Select(container => (JsonNode)new JsonObject
        {
            ["name"] = (string)container!["name"]!,
            ["image"] = (string)container["image"]!,
            ["imageID"] = "image",
            ["ready"] = true,
            ["started"] = true,
            ["restartCount"] = 0,
            ["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = "2026-01-01T00:00:00Z" } },
        });
        var request = new ApiRequest(HttpMethod.Patch, Path(pod) + "/status")
        {
            Body = new JsonObject
            {
                ["status"] = new JsonObject
                {
                    ["phase"] = "Running",
                    ["podIP"] = Address,
                    ["podIPs"] = new JsonArray(new JsonObject { ["ip"] = Address }),
                    ["conditions"] = new JsonArray(True("PodScheduled"), True("Initialized"), True("ContainersReady"), True("Ready")),
                    ["containerStatuses"] = new JsonArray([.. statuses]),
                },
            },
            ContentType = "application/merge-patch+json",
        };
        await cluster.Client.SendAsync(request, cancellationToken);
    }

    private static string Path(JsonObject pod) => ObjectKind.Pod.Path((string)pod["metadata"]!["namespace"]!, (string)pod["metadata"]!["name"]!);

    private static JsonObject True(string type) => new() { ["type"] = type, ["status"] = "True", ["lastTransitionTime"] = "2026-01-01T00:00:00Z" };
}
