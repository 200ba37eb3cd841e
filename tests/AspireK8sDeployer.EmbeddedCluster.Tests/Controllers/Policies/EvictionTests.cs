using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Api;
using AspireK8sDeployer.EmbeddedCluster.Tests.Node;
using k8s.Models;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Controllers.Policies;

public class EvictionTests(ClusterFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Budget_LetsOnePodGo_AndTheNextWhenAnotherHasTakenItsPlace()
    {
        var space = await fixture.CreateSpaceAsync(Ct);
        space.Deploy("web", space.WebApp, replicas: 2, change: pod => pod.Containers[0].ReadinessProbe = TestSpace.Ready());
        space.Api.Create(
            new V1PodDisruptionBudget
            {
                Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = space.Name },
                Spec = new V1PodDisruptionBudgetSpec { MinAvailable = 1, Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } } },
            },
            "test");
        await space.WaitUntilRolledOutAsync("web", Ct);
        var full = await space.WaitAsync<V1PodDisruptionBudget>("web", budget => budget.Status?.DisruptionsAllowed == 1, Ct);
        var pods = space.Pods("web");

        var first = await EvictAsync(space, pods[0]);
        var second = await EvictAsync(space, pods[1]);
        await space.WaitUntilGoneAsync<V1Pod>(pods[0].Metadata.Name, Ct);
        await space.WaitAsync<V1PodDisruptionBudget>("web", budget => budget.Status is { DisruptionsAllowed: 1, ExpectedPods: 2 }, Ct);
        var third = await EvictAsync(space, pods[1]);

        Assert.Equal(
            (2, 2, 1, "True", "SufficientPods"),
            (full.Status.ExpectedPods, full.Status.CurrentHealthy, full.Status.DesiredHealthy, full.Status.Conditions[0].Status, full.Status.Conditions[0].Reason));
        Assert.Equal([201, 429, 201], [first, second, third]);
    }

    private static async Task<int> EvictAsync(TestSpace space, V1Pod pod)
    {
        using var client = TestClient.AdminFor(space.Cluster.Host.Server);
        var eviction = new JsonObject { ["apiVersion"] = "policy/v1", ["kind"] = "Eviction", ["metadata"] = new JsonObject { ["name"] = pod.Metadata.Name } };
        using var answer = await client.PostAsJsonAsync($"/api/v1/namespaces/{space.Name}/pods/{pod.Metadata.Name}/eviction", eviction, Ct);
        return (int)answer.StatusCode;
    }
}
