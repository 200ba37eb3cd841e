namespace AspireK8sDeployer.Engine.Tests.Stages;

public class FaultTests(ClusterFixture cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhenEverySecondCallGoesWrong_ADeployAndADeleteStillComeToTheirEnd()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var (engine, transport) = space.FaultyEngine();
        using (engine)
        {
            var result = await engine.DeployAsync(space.Settings(), null, Cancellation);
            Assert.True(result.Endpoint.Verified);
            Assert.False((await space.Engine.PlanAsync(space.Settings(), Cancellation)).HasChanges);

            var deletion = await engine.DeleteAsync(space.Settings().Identity, null, Cancellation);
            Assert.True(deletion.NamespaceDeleted);
        }

        Assert.InRange(transport.Faults, 20, 1000);
    }
}
