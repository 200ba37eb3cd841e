namespace AspireK8sDeployer.EmbeddedCluster.Tests.Node;

public class ServedDeploymentTests(ClusterFixture fixture)
{
    [Fact]
    public async Task DeploymentAndService_AnswerOnTheServiceAddress()
    {
        var ct = TestContext.Current.CancellationToken;
        var space = await fixture.CreateSpaceAsync(ct);
        space.Deploy("web", space.WebApp, change: pod => pod.Containers[0].ReadinessProbe = TestSpace.Ready());
        var service = space.Expose("web");

        await space.WaitUntilRolledOutAsync("web", ct);
        var answer = await TestSpace.GetAsync($"http://{service.Spec.ClusterIP}:8000/", ct);

        Assert.StartsWith("hello from", answer, StringComparison.Ordinal);
    }
}
