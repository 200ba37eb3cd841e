using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Logs;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Stages;

public class PruneTests(ClusterFixture cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatIsMarkedToBeKept_Stays_AlsoWhenAllIsDeleted()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(With(space, "{apiVersion: v1, kind: ConfigMap, metadata: {name: extra, annotations: {aspire-k8s.dev/on-remove: keep}}}"));

        var without = await space.DeployAsync(space.Settings());
        var deleted = await space.Engine.DeleteAsync(space.Settings().Identity, null, Cancellation);

        var id = $"ConfigMap/{space.Name}/extra";
        Assert.Contains($"{id} is not asked for any more. It is kept: it is annotated aspire-k8s.dev/on-remove: keep.", without.Warnings);
        Assert.Contains($"{id} is kept: it is annotated aspire-k8s.dev/on-remove: keep", deleted.Warnings);
        Assert.Contains("extra", await space.NamesAsync(ObjectKind.ConfigMap));
    }

    [Fact]
    public async Task WhatSomebodyMadeAgain_IsNotOurs()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(With(space, "{apiVersion: v1, kind: ConfigMap, metadata: {name: extra}}"));
        var id = ObjectKind.ConfigMap.Id(space.Name, "extra");
        var copy = (await space.Objects.GetAsync(id, Cancellation))!;
        await space.DeleteAsync(id);
        Array.ForEach(["uid", "resourceVersion", "managedFields", "creationTimestamp"], field => copy["metadata"]!.AsObject().Remove(field));
        await space.Objects.CreateAsync(id, copy, Cancellation);

        var result = await space.DeployAsync(space.Settings());

        Assert.Contains($"{id} is not the one that was deployed: somebody made it again. It is left alone.", result.Warnings);
        Assert.NotNull(await space.Objects.GetAsync(id, Cancellation));
    }

    [Fact]
    public async Task ADeployThatWouldDeleteTooMuch_IsRefused_UnlessItIsAllowed()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var documents = Enumerable.Range(1, 12).Select(number => $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: extra-{number}}}}}");
        await space.DeployAsync(With(space, string.Join("\n---\n", documents)));

        var failure = await space.FailureAsync(space.Settings());
        var allowed = await space.DeployAsync(space.Settings() with { PruneLimit = 12 });

        Assert.Equal(("K8SD227", "PRUNE_LIMIT"), (failure.Code, failure.Reason));
        Assert.Equal(12, allowed.Plan.Changes.Count(change => change.Kind == ChangeKind.Delete));
    }

    [Fact]
    public async Task TheLogsOfAllPods_AreRead_AndFollowed()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());

        var once = await space.Engine.LogsAsync(space.Settings().Identity, new LogOptions { Tail = 5 }, Cancellation).ToListAsync(Cancellation);
        var followed = await space.Engine.LogsAsync(space.Settings().Identity, new LogOptions { Follow = true }, Cancellation).FirstAsync(Cancellation);

        Assert.NotEmpty(once);
        Assert.All(once.Append(followed), line => Assert.StartsWith("[greeter-", line.ToString(), StringComparison.Ordinal));
    }

    private static DeploymentSettings With(Space space, string yaml) => space.Settings() with { AdditionalResources = [AdditionalResource.FromYaml(yaml, "extra.yaml")] };
}
