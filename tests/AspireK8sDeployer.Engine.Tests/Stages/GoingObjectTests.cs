using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Tests.Stages;

public class GoingObjectTests(ClusterFixture cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnObjectThatIsBeingDeleted_IsMadeAgainOnceItIsGone()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        var id = ObjectKind.Deployment.Id(space.Name, "greeter");
        await space.DeleteHeldAsync(id);

        var result = await DeployAsync(space, held: id);

        var change = Assert.Single(result.Plan.Changes, change => change.Kind != ChangeKind.Unchanged);
        Assert.Equal((ChangeKind.Create, id, "when the old one is gone"), (change.Kind, change.Id, change.Note));
        Assert.Null((await space.Objects.GetAsync(id, Cancellation))!["metadata"]!["deletionTimestamp"]);
    }

    [Fact]
    public async Task ANamespaceThatIsBeingDeleted_IsMadeAgainWithEverythingInIt()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        var held = Inventory.IdOf(space.Settings().Identity);
        await space.HoldAsync(held);
        await space.DeleteAsync(ObjectKind.Namespace.Id(null, space.Name));

        var result = await DeployAsync(space, held);

        Assert.All(result.Plan.Changes, change => Assert.Equal(ChangeKind.Create, change.Kind));
        Assert.True(result.Endpoint.Verified);
        Assert.False((await space.DeployAsync(space.Settings())).Plan.HasChanges);
    }

    // Lets go of what is held once the deploy says that it waits for it.
    private static async Task<DeploymentResult> DeployAsync(Space space, ObjectId held)
    {
        var messages = new Messages { Awaited = "is still being deleted" };
        var deploy = space.Engine.DeployAsync(space.Settings(), messages, Cancellation);
        await Task.WhenAny(messages.Heard, deploy);
        Assert.True(messages.Heard.IsCompleted, string.Join('\n', messages.All));
        await space.ReleaseAsync(held);
        return await deploy;
    }
}
