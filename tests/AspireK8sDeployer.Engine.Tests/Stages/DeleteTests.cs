using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Apply;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Tests.Stages;

public class DeleteTests(ClusterFixture cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADelete_RemovesAll_AndTheNamespaceThatWeMade()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());

        var result = await space.Engine.DeleteAsync(space.Settings().Identity, null, Cancellation);

        Assert.All(result.Plan.Changes, change => Assert.Equal(ChangeKind.Delete, change.Kind));
        Assert.True(result.NamespaceDeleted);
        Assert.Null(await space.Objects.GetAsync(ObjectKind.Namespace.Id(null, space.Name), Cancellation));

        var again = await space.Engine.DeleteAsync(space.Settings().Identity, null, Cancellation);
        Assert.Empty(again.Plan.Changes);
    }

    [Fact]
    public async Task ANamespaceWithMoreInIt_IsKept_AndItIsSaidWhatThatIs()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        await AddConfigMapAsync(space);

        var result = await space.Engine.DeleteAsync(space.Settings().Identity, null, Cancellation);

        Assert.False(result.NamespaceDeleted);
        Assert.Equal([$"Namespace/{space.Name} is kept: there is more in it (ConfigMap/{space.Name}/theirs)"], result.Warnings);
        Assert.Empty(await space.NamesAsync(ObjectKind.Secret));
        Assert.Empty(await space.NamesAsync(ObjectKind.Pod));
        Assert.Empty(await space.NamesAsync(ObjectKind.Lease));
    }

    [Fact]
    public async Task ANamespaceThatWasThere_IsKept()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.Objects.CreateAsync(
            ObjectKind.Namespace.Id(null, space.Name),
            new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = space.Name } },
            Cancellation);
        await space.DeployAsync(space.Settings());

        var result = await space.Engine.DeleteAsync(space.Settings().Identity, null, Cancellation);

        Assert.False(result.NamespaceDeleted);
        Assert.NotNull(await space.Objects.GetAsync(ObjectKind.Namespace.Id(null, space.Name), Cancellation));
    }

    [Fact]
    public async Task WhatIsReplacedMeanwhile_IsLeft_AndNotSaidToBeDeleted()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        var service = ObjectKind.Service.Id(space.Name, "greeter");
        var replaced = false;
        using var engine = space.HookedEngine(TimeProvider.System, async request =>
        {
            if (!replaced && request.StartsWith("DELETE", StringComparison.Ordinal) && request.EndsWith("/services/greeter", StringComparison.Ordinal))
            {
                replaced = true;
                await ReplaceAsync(space, service);
            }
        });
        var messages = new Messages();

        await engine.DeleteAsync(space.Settings().Identity, messages, Cancellation);

        Assert.True(replaced);
        Assert.Contains($"Deployment/{space.Name}/greeter deleted", messages.All);
        Assert.DoesNotContain($"{service} deleted", messages.All);
        Assert.NotNull(await space.Objects.GetAsync(service, Cancellation));
    }

    [Fact]
    public async Task OneOfTwoDeployments_GoesAlone()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings("first"));
        await space.DeployAsync(space.Settings("second"));

        await space.Engine.DeleteAsync(space.Settings("first").Identity, null, Cancellation);

        Assert.Equal(["second"], await space.NamesAsync(ObjectKind.Deployment));
        Assert.False((await space.DeployAsync(space.Settings("second"))).Plan.HasChanges);
    }

    [Fact]
    public async Task ACopyThatTheFirstDeleteLeft_IsLeftByTheSecondToo()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        var labels = (await space.GetAsync(ObjectKind.Service, "greeter"))!["metadata"]!["labels"]!.DeepClone();
        await space.Objects.CreateAsync(
            ObjectKind.Secret.Id(space.Name, "copy"),
            new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = new JsonObject { ["name"] = "copy", ["labels"] = labels } },
            Cancellation);

        await space.Engine.DeleteAsync(space.Settings().Identity, null, Cancellation);
        var again = await space.Engine.DeleteAsync(space.Settings().Identity, null, Cancellation);

        Assert.Empty(again.Plan.Changes);
        Assert.Equal(["copy"], await space.NamesAsync(ObjectKind.Secret));
    }

    [Fact]
    public async Task ALockThatAnEndedDeleteLeft_GoesWithTheNext()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings("other"));
        await using (await new DeployLock(space.Objects).AcquireAsync(space.Settings().Identity, _ => { }, Cancellation))
        {
        }

        await space.Engine.DeleteAsync(space.Settings().Identity, null, Cancellation);

        Assert.Null(await space.Objects.GetAsync(DeployLock.IdOf(space.Settings().Identity), Cancellation));
    }

    private static async Task ReplaceAsync(Space space, ObjectId service)
    {
        await space.DeleteAsync(service);
        await space.Objects.CreateAsync(
            service, (JsonObject)JsonNode.Parse("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"greeter"},"spec":{"ports":[{"port":80}]}}""")!, Cancellation);
    }

    private static Task<JsonObject> AddConfigMapAsync(Space space) => space.Objects.Client.SendAsync(
        new ApiRequest(HttpMethod.Post, $"api/v1/namespaces/{space.Name}/configmaps")
        {
            Body = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = new JsonObject { ["name"] = "theirs" } },
        },
        Cancellation);
}
