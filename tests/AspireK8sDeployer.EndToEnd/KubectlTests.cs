using AspireK8sDeployer.EndToEnd.Support;

namespace AspireK8sDeployer.EndToEnd;

/// <summary>What a user of kubectl sees of a deployed pipeline.</summary>
public class KubectlTests(ClusterUnderTest cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeployedPipeline_IsSeenByKubectlAsAnyOther()
    {
        Assert.SkipWhen(Kubectl.Missing is not null, Kubectl.Missing ?? "");
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var result = await engine.DeployAsync(await cluster.GreeterAsync(place.Name, Cancellation), progress: null, Cancellation);
        using var http = new HttpClient { BaseAddress = cluster.Reachable(result) };
        await ClusterUnderTest.GreetAsync(http, "Ada", Cancellation);
        var kubectl = cluster.Kubectl;
        var ns = place.Name;

        var table = await kubectl.RunAsync($"get deploy,rs,po,svc,secret -n {ns}", Cancellation);
        Assert.Matches(@"deployment\.apps/greeter +1/1 +1 +1", table);
        Assert.Matches(@"replicaset\.apps/greeter-[a-z0-9]+ +1 +1 +1", table);
        Assert.Matches(@"pod/greeter-[a-z0-9]+-[a-z0-9]+ +1/1 +Running +0", table);
        Assert.Matches(@"service/greeter +NodePort +\S+ +<none> +8000:\d+/TCP", table);

        Assert.Contains("successfully rolled out", await kubectl.RunAsync($"rollout status deployment/greeter -n {ns} --timeout=30s", Cancellation), StringComparison.Ordinal);
        Assert.Contains("condition met", await kubectl.RunAsync($"wait deployment/greeter -n {ns} --for=condition=Available --timeout=30s", Cancellation), StringComparison.Ordinal);
        Assert.Contains("run", await kubectl.RunAsync($"logs deployment/greeter -n {ns}", Cancellation), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("NewReplicaSetAvailable", await kubectl.RunAsync($"describe deployment/greeter -n {ns}", Cancellation), StringComparison.Ordinal);
    }
}
