using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>A deploy that is killed after any of its writes, and run again, ends as an undisturbed one does.</summary>
public class KilledDeployTests(ClusterFixture cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADeployKilledAfterAnyWrite_IsFinishedByTheNext()
    {
        using var space = await cluster.CreateSpaceAsync();
        for (var write = 1; await DiesAsync(space, write, engine => engine.DeployAsync(space.Settings(), null, Cancellation)); write++)
        {
            await space.DeployAsync(space.Settings());
            Assert.False((await space.Engine.PlanAsync(space.Settings(), Cancellation)).HasChanges);
            Assert.True((await space.Engine.DeleteAsync(space.Settings().Identity, null, Cancellation)).NamespaceDeleted, $"after write {write}");
        }
    }

    [Fact]
    public async Task AnUpdateKilledAfterAnyWrite_IsFinishedByTheNext_WithNothingLeftOver()
    {
        using var space = await cluster.CreateSpaceAsync();
        var (before, after) = (With(space, "hunter22"), With(space, "hunter33"));
        await space.DeployAsync(before);
        for (var write = 1; await DiesAsync(space, write, engine => engine.DeployAsync(after, null, Cancellation)); write++)
        {
            await space.DeployAsync(after);
            Assert.False((await space.Engine.PlanAsync(after, Cancellation)).HasChanges);
            await space.DeployAsync(before);
        }

        // One for each of the two ReplicaSets.
        Assert.Equal(2, (await space.NamesAsync(ObjectKind.Secret)).Count(name => name.StartsWith("greeter-env-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ADeleteKilledAfterAnyWrite_IsFinishedByTheNext()
    {
        using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        for (var write = 1; await DiesAsync(space, write, engine => engine.DeleteAsync(space.Settings().Identity, null, Cancellation)); write++)
        {
            await space.Engine.DeleteAsync(space.Settings().Identity, null, Cancellation);
            Assert.Null(await space.Objects.GetAsync(new ObjectId("v1", "Namespace", null, space.Name), Cancellation));
            await space.DeployAsync(space.Settings());
        }
    }

    private static DeploymentSettings With(Space space, string secret) =>
        space.Settings() with { SecretEnvironment = new Dictionary<string, string> { ["DB_PASSWORD"] = secret } };

    // False when it was done before it could die.
    private static async Task<bool> DiesAsync<T>(Space space, int write, Func<DeploymentEngine, Task<T>> work)
    {
        using var engine = space.EngineThatDiesAfter(write);
        try
        {
            await work(engine);
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }
}
