using AspireK8sDeployer.EndToEnd.Support;
using AspireK8sDeployer.Engine.Plan;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd;

public class DeployTests(ClusterUnderTest cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstDeploy_AnswersAnInvocation()
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();

        var result = await engine.DeployAsync(await cluster.GreeterAsync(place.Name, Cancellation), progress: null, Cancellation);

        using var http = new HttpClient { BaseAddress = cluster.Reachable(result) };
        Assert.Contains("Ada", await ClusterUnderTest.GreetAsync(http, "Ada", Cancellation), StringComparison.Ordinal);
        Assert.All(result.Plan.Changes, change => Assert.Equal(ChangeKind.Create, change.Kind));
    }

    [Fact]
    public async Task SecondDeploy_WritesNothing()
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var settings = await cluster.GreeterAsync(place.Name, Cancellation);
        await engine.DeployAsync(settings, progress: null, Cancellation);
        var before = await place.ObjectVersionsAsync(Cancellation);

        var second = await engine.DeployAsync(settings, progress: null, Cancellation);

        Assert.False(second.Plan.HasChanges, second.Plan.ToText());
        Assert.Equal(before, await place.ObjectVersionsAsync(Cancellation));
    }

    [Fact]
    public async Task MoreReplicas_ChangeOneField_AndAllOfThemAnswer()
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var settings = await cluster.GreeterAsync(place.Name, Cancellation);
        await engine.DeployAsync(settings, progress: null, Cancellation);

        var three = settings with { Resources = settings.Resources with { MinReplicas = 3, MaxReplicas = 3 } };
        var result = await engine.DeployAsync(three, progress: null, Cancellation);

        var change = Assert.Single(result.Plan.Changes, change => change.Kind == ChangeKind.Update && change.Id.Kind == "Deployment");
        Assert.Equal([new FieldChange("spec.replicas", "1", "3")], change.Fields);
        await EveryPodServesAsync(place.Name, cluster.Reachable(result), pods: 3);
    }

    [Fact]
    public async Task ChangedSecret_RollsThePods_AndItsValueIsInNoPlan()
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var settings = (await cluster.GreeterAsync(place.Name, Cancellation)) with
        {
            SecretEnvironment = new Dictionary<string, string> { ["API_KEY"] = "first-value" },
        };
        await engine.DeployAsync(settings, progress: null, Cancellation);

        var changed = settings with { SecretEnvironment = new Dictionary<string, string> { ["API_KEY"] = "second-value" } };
        var result = await engine.DeployAsync(changed, progress: null, Cancellation);

        Assert.Contains(result.Plan.Changes, change => change is { Kind: ChangeKind.Update, Id.Kind: "Deployment" });
        Assert.DoesNotContain("-value", result.Plan.ToText(), StringComparison.Ordinal);
        using var user = cluster.ConnectAsUser();
        var deployment = await user.AppsV1.ReadNamespacedDeploymentAsync("greeter", place.Name, cancellationToken: Cancellation);
        Assert.Equal("2", deployment.Annotations()["deployment.kubernetes.io/revision"]);
    }

    private async Task EveryPodServesAsync(string @namespace, Uri url, int pods)
    {
        using var user = cluster.ConnectAsUser();
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        bounded.CancelAfter(TimeSpan.FromSeconds(60));
        var names = (await user.CoreV1.ListNamespacedPodAsync(@namespace, cancellationToken: bounded.Token)).Items
            .Where(pod => pod.Metadata.DeletionTimestamp is null).Select(pod => pod.Name()).ToList();
        Assert.Equal(pods, names.Count);

        var silent = names.ToHashSet(StringComparer.Ordinal);
        for (var call = 0; silent.Count > 0; call++)
        {
            // A connection each: a kept one would stay with its pod.
            using var http = new HttpClient { BaseAddress = url };
            await ClusterUnderTest.GreetAsync(http, $"caller {call}", bounded.Token);
            foreach (var name in silent.ToList())
            {
                using var log = await user.CoreV1.ReadNamespacedPodLogAsync(name, @namespace, cancellationToken: bounded.Token);
                using var reader = new StreamReader(log);
                if ((await reader.ReadToEndAsync(bounded.Token)).Contains("run", StringComparison.OrdinalIgnoreCase))
                {
                    silent.Remove(name);
                }
            }
        }
    }
}
