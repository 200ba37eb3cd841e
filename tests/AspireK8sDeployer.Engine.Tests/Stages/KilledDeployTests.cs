using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>What is killed after any of its writes, and run again, ends as if it had never been disturbed.</summary>
public class KilledDeployTests(ClusterFixture cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task ADeployKilledAfterAnyWrite_IsFinishedByTheNext() => AfterEachWriteAsync(
        space => Task.CompletedTask,
        (space, engine) => engine.DeployAsync(space.Settings(), null, Cancellation),
        async space =>
        {
            Assert.True((await space.DeployAsync(space.Settings())).Endpoint.Verified);
            Assert.False((await space.Engine.PlanAsync(space.Settings(), Cancellation)).HasChanges);
            Assert.Equal(1, await CountAsync(space, "aspire-k8s."));
            Assert.Equal(1, await CountAsync(space, "greeter-pull-"));
        });

    [Fact]
    public Task AnUpdateKilledAfterAnyWrite_IsFinishedByTheNext_WithNothingLeftOver() => AfterEachWriteAsync(
        space => space.DeployAsync(With(space, "hunter22")),
        (space, engine) => engine.DeployAsync(With(space, "hunter33"), null, Cancellation),
        async space =>
        {
            Assert.True((await space.DeployAsync(With(space, "hunter33"))).Endpoint.Verified);
            Assert.False((await space.Engine.PlanAsync(With(space, "hunter33"), Cancellation)).HasChanges);
            // One for each of the two ReplicaSets.
            Assert.Equal(2, await CountAsync(space, "greeter-env-"));
        });

    [Fact]
    public Task ADeleteKilledAfterAnyWrite_IsFinishedByTheNext() => AfterEachWriteAsync(
        space => space.DeployAsync(space.Settings()),
        (space, engine) => engine.DeleteAsync(space.Settings().Identity, null, Cancellation),
        async space =>
        {
            await space.Engine.DeleteAsync(space.Settings().Identity, null, Cancellation);
            Assert.Null(await space.Objects.GetAsync(new ObjectId("v1", "Namespace", null, space.Name), Cancellation));
        });

    // Each in a space of its own, some at the same time; until one is done before it is killed.
    private async Task AfterEachWriteAsync<T>(Func<Space, Task> before, Func<Space, DeploymentEngine, Task<T>> work, Func<Space, Task> after)
    {
        var allWrites = 0;
        using (var space = await cluster.CreateSpaceAsync())
        {
            await before(space);
            allWrites = space.Transport.Writes.Count;
            await work(space, space.Engine);
            allWrites = space.Transport.Writes.Count - allWrites;
        }

        Assert.InRange(allWrites, 4, 20);
        var options = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(1, allWrites - 1), options, async (write, _) =>
        {
            using var space = await cluster.CreateSpaceAsync();
            await before(space);
            using var engine = space.EngineThatDiesAfter(write);
            await Assert.ThrowsAsync<KilledException>(() => work(space, engine));
            await after(space);
        });
    }

    private static DeploymentSettings With(Space space, string secret) =>
        space.Settings() with { SecretEnvironment = new Dictionary<string, string> { ["DB_PASSWORD"] = secret } };

    private static async Task<int> CountAsync(Space space, string prefix) =>
        (await space.NamesAsync(ObjectKind.Secret)).Count(name => name.StartsWith(prefix, StringComparison.Ordinal));
}
