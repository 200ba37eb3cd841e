using AspireK8sDeployer.EndToEnd.Support;
using AspireK8sDeployer.Engine.Settings;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd;

/// <summary>While pods come and go, no invocation is lost.</summary>
public class DisruptionTests(ClusterUnderTest cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeletedPod_IsReplaced()
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var result = await engine.DeployAsync(await WithReplicasAsync(place, 2), progress: null, Cancellation);
        using var user = cluster.ConnectAsUser();
        var victim = (await user.CoreV1.ListNamespacedPodAsync(place.Name, cancellationToken: Cancellation)).Items[0].Name();

        await using var callers = Callers.Of(cluster.Reachable(result), Cancellation);
        await user.CoreV1.DeleteNamespacedPodAsync(victim, place.Name, cancellationToken: Cancellation);
        await ReadyAloneAsync(user, place.Name, 2, victim);

        await callers.NoneIsLostAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task RollingUpdate(int replicas)
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var settings = await WithReplicasAsync(place, replicas);
        var result = await engine.DeployAsync(settings, progress: null, Cancellation);

        await using var callers = Callers.Of(cluster.Reachable(result), Cancellation);
        await engine.DeployAsync(
            settings with { Environment = new Dictionary<string, string> { ["GREETING"] = "Hello" } }, progress: null, Cancellation);
        using var user = cluster.ConnectAsUser();
        await ReadyAloneAsync(user, place.Name, replicas);

        await callers.NoneIsLostAsync();
    }

    [Fact]
    public async Task FewerReplicas()
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var result = await engine.DeployAsync(await WithReplicasAsync(place, 3), progress: null, Cancellation);

        await using var callers = Callers.Of(cluster.Reachable(result), Cancellation);
        await engine.DeployAsync(await WithReplicasAsync(place, 1), progress: null, Cancellation);
        using var user = cluster.ConnectAsUser();
        await ReadyAloneAsync(user, place.Name, 1);

        await callers.NoneIsLostAsync();
    }

    private async Task<DeploymentSettings> WithReplicasAsync(TestNamespace place, int replicas)
    {
        var settings = await cluster.GreeterAsync(place.Name, Cancellation);
        return settings with { Resources = settings.Resources with { MinReplicas = replicas, MaxReplicas = replicas } };
    }

    private static async Task ReadyAloneAsync(IKubernetes user, string @namespace, int count, string? victim = null)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        bounded.CancelAfter(TimeSpan.FromSeconds(90));
        var pods = await user.CoreV1.ListNamespacedPodAsync(@namespace, cancellationToken: bounded.Token);
        var readiness = pods.Items.ToDictionary(pod => pod.Name(), IsReady);
        if (AreAlone())
        {
            return;
        }

        await foreach (var (type, pod) in user.CoreV1.WatchListNamespacedPodAsync(
            @namespace, resourceVersion: pods.ResourceVersion(), cancellationToken: bounded.Token))
        {
            readiness[pod.Name()] = IsReady(pod);
            if (type == WatchEventType.Deleted)
            {
                readiness.Remove(pod.Name());
            }

            if (AreAlone())
            {
                return;
            }
        }

        Assert.Fail($"The watch on the pods ended before {count} of them were ready and the others gone.");

        bool AreAlone() => readiness.Count == count && readiness.Values.All(ready => ready) && (victim is null || !readiness.ContainsKey(victim));
    }

    private static bool IsReady(V1Pod pod) => pod.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;
}
