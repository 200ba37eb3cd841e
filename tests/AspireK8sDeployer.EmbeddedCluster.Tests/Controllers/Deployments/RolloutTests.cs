using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Node;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Controllers.Deployments;

public class RolloutTests(ClusterFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ThreeReplicas_AllGetRequests()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        space.Deploy("web", space.WebApp, replicas: 3, change: Probed);
        var service = space.Expose("web");
        await space.WaitUntilRolledOutAsync("web", Ct);

        var answers = new HashSet<string>();
        for (var i = 0; i < 12; i++)
        {
            answers.Add(await TestSpace.GetAsync($"http://{service.Spec.ClusterIP}:8000/", Ct));
        }

        Assert.Equal(space.Pods("web").Select(pod => pod.Metadata.Name).Order(), answers.Select(answer => answer.Split(' ')[^1]).Order());
    }

    [Fact]
    public async Task UpdateAndDeletedPod_LoseNoRequest()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        space.Deploy("web", space.WebApp, replicas: 2, change: Probed, strategy: NoneUnavailable());
        var service = space.Expose("web");
        await space.WaitUntilRolledOutAsync("web", Ct);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var requests = RequestAsync($"http://{service.Spec.ClusterIP}:8000/", stop.Token);
        space.Api.Delete<V1Pod>(space.Name, space.Pods("web")[0].Metadata.Name);
        await space.WaitAsync<V1Deployment>("web", d => d.Status.TerminatingReplicas is > 0 || d.Status.AvailableReplicas == 1, Ct);
        await space.WaitUntilRolledOutAsync("web", Ct);
        Change(space, d => d.Spec.Template.Spec.Containers[0].Env = [new V1EnvVar { Name = "MESSAGE", Value = "second" }]);
        await space.WaitUntilRolledOutAsync("web", Ct);
        // The last of the old pods answers until everybody knows that it goes.
        string answer;
        do
        {
            answer = await TestSpace.GetAsync($"http://{service.Spec.ClusterIP}:8000/", Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct);
        }
        while (!answer.StartsWith("second", StringComparison.Ordinal) && space.Pods("web").Count > 2);

        await stop.CancelAsync();
        Assert.Empty(await requests);
        Assert.StartsWith("second", await TestSpace.GetAsync($"http://{service.Spec.ClusterIP}:8000/", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TemplateThatWasThereBefore_IsANewRevisionOfItsReplicaSet()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        space.Deploy("web", space.WebApp, replicas: 0);
        var first = (await space.WaitAsync<V1Deployment>("web", d => d.Metadata.Annotations?.ContainsKey("deployment.kubernetes.io/revision") == true, Ct)).Spec.Template;

        await ChangeAsync(space, "2", d => d.Spec.Template.Spec.Containers[0].Env = [new V1EnvVar { Name = "MESSAGE", Value = "second" }]);
        await ChangeAsync(space, "3", d => d.Spec.Template = first);

        var revisions = space.Api.List<V1ReplicaSet>(space.Name).Items
            .Select(set => $"{set.Metadata.Annotations["deployment.kubernetes.io/revision"]} after {(set.Metadata.Annotations.TryGetValue("deployment.kubernetes.io/revision-history", out var history) ? history : "none")}")
            .Order();
        Assert.Equal(["2 after none", "3 after 1"], revisions);
    }

    [Fact]
    public async Task DeletedDeployment_TakesItsPodsWithIt()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        space.Deploy("web", space.WebApp, replicas: 1, change: Probed);
        await space.WaitUntilRolledOutAsync("web", Ct);
        var pod = space.Pods("web").Single().Metadata.Name;

        space.Api.Delete<V1Deployment>(space.Name, "web", new DeleteOptions { PropagationPolicy = "Background" });
        await space.WaitUntilGoneAsync<V1Pod>(pod, Ct);

        Assert.Empty(space.Api.List<V1ReplicaSet>(space.Name).Items);
    }

    private static async Task ChangeAsync(TestSpace space, string revision, Action<V1Deployment> change)
    {
        Change(space, change);
        await space.WaitAsync<V1Deployment>("web", d => d.Metadata.Annotations["deployment.kubernetes.io/revision"] == revision, Ct);
    }

    /// <summary>The controller writes too.</summary>
    private static void Change(TestSpace space, Action<V1Deployment> change)
    {
        while (true)
        {
            var deployment = space.Get<V1Deployment>("web");
            change(deployment);
            try
            {
                space.Api.Update(deployment, "test");
                return;
            }
            catch (ApiException e) when (e.Code == 409)
            {
            }
        }
    }

    private static void Probed(V1PodSpec pod) => pod.Containers[0].ReadinessProbe = TestSpace.Ready();

    private static V1DeploymentStrategy NoneUnavailable() =>
        new() { Type = "RollingUpdate", RollingUpdate = new V1RollingUpdateDeployment { MaxSurge = 1, MaxUnavailable = 0 } };

    private static async Task<IReadOnlyList<string>> RequestAsync(string url, CancellationToken stop)
    {
        var failures = new List<string>();
        using var client = new HttpClient();
        client.DefaultRequestHeaders.ConnectionClose = true;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await client.GetStringAsync(url, CancellationToken.None);
            }
            catch (HttpRequestException e)
            {
                failures.Add(e.Message);
            }
        }

        return failures;
    }
}
