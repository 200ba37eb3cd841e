using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Controllers;
using AspireK8sDeployer.EmbeddedCluster.Controllers.Scheduling;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Controllers.Scheduling;

public sealed class SchedulerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ANodeWithRoomForTwo_TakesThemOneByOne_AndTheNextWhenOneIsGone()
    {
        await using var server = await ApiServer.StartAsync(ct: Ct);
        var api = server.Api;
        api.Create(Node(room: "2"), "test");
        api.UpdateStatus(Node(room: "2"), "test");
        // Placed by somebody else, before the scheduler knows of anything.
        api.Create(Pod("placed", node: "one"), "test");
        foreach (var name in new[] { "a", "b", "c" })
        {
            api.Create(Pod(name), "test");
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var hub = new ObjectHub(api, TimeProvider.System, NullLogger<ObjectHub>.Instance);
        var events = new EventRecorder(api, TimeProvider.System, NullLogger<EventRecorder>.Instance);
        var scheduling = new Scheduler(new ControllerContext(api, hub, events, TimeProvider.System, NullLogger<Controller>.Instance)).RunAsync(stop.Token);
        var telling = hub.RunAsync(stop.Token);

        await UntilAsync(api, bound: ["placed", "a"], refused: ["b", "c"]);
        api.Delete<V1Pod>("default", "placed", new() { GracePeriodSeconds = 0 });
        // Which of those that wait is looked at first is nobody's promise.
        var next = await UntilAsync(api, bound: ["a", "b"], refused: ["c"], or: (["a", "c"], ["b"])) ? "b" : "c";
        api.Delete<V1Pod>("default", next, new() { GracePeriodSeconds = 0 });
        await UntilAsync(api, bound: ["a", next == "b" ? "c" : "b"], refused: []);

        await stop.CancelAsync();
        await Task.WhenAll(scheduling, telling);
    }

    /// <summary>Waits for one state, or the other; true when it is the first one.</summary>
    private static async Task<bool> UntilAsync(IClusterApi api, string[] bound, string[] refused, (string[] Bound, string[] Refused)? or = null)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var pods = api.List<V1Pod>("default").Items;
            string[] Names(Func<V1Pod, bool> which) => [.. pods.Where(which).Select(pod => pod.Metadata.Name)];
            bool Are(string[] bound, string[] refused) =>
                Names(pod => pod.Spec.NodeName == "one").Order().SequenceEqual(bound.Order())
                && Names(pod => pod.Spec.NodeName is null && pod.Status?.Conditions?.Any(condition => condition.Reason == "Unschedulable") == true).SequenceEqual(refused);
            if (Are(bound, refused))
            {
                return true;
            }

            if (or is var (otherBound, otherRefused) && Are(otherBound, otherRefused))
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), timeout.Token);
        }
    }

    private static V1Node Node(string room) => new()
    {
        Metadata = new V1ObjectMeta { Name = "one" },
        Status = new V1NodeStatus
        {
            Allocatable = new Dictionary<string, ResourceQuantity> { ["cpu"] = new(room), ["memory"] = new("1Gi"), ["pods"] = new("10") },
        },
    };

    private static V1Pod Pod(string name, string? node = null) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "default" },
        Spec = new V1PodSpec
        {
            NodeName = node,
            Containers =
            [
                new V1Container
                {
                    Name = "app",
                    Image = "app",
                    Resources = new V1ResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("1") } },
                },
            ],
        },
    };
}
