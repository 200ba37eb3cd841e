using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Render;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Stages;

public class PodSettingsTests(ClusterFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryPodSetting_IsTaken_AndIsTheSameTheNextTime()
    {
        await using var space = await fixture.CreateSpaceAsync();
        await space.Objects.ApplyAsync(ObjectKind.Namespace.Id(null, space.Name), NamespaceObject.Render(space.Name).Body, dryRun: false, force: false, Cancellation);
        List<string> changed = [];

        foreach (var (property, sample) in PodSamples.All)
        {
            var settings = space.Settings($"s-{property.ToLowerInvariant()}") with { Pod = sample.Settings, Resources = new ResourceSettings { MaxReplicas = 1 } };
            var deployment = ManifestRenderer.Render(settings, new HashedSecrets(A.Salt)).Objects.Single(item => item.Id.Kind == "Deployment");
            var desired = (JsonObject)deployment.Body.DeepClone();
            desired["spec"]!["replicas"] = 0; // whether such pods can run here is not the question
            await space.Objects.ApplyAsync(deployment.Id, desired, dryRun: false, force: false, Cancellation);
            var live = await space.Objects.GetAsync(deployment.Id, Cancellation);
            if (!AppliedFields.Equal(desired, live!))
            {
                changed.Add(property);
            }
        }

        Assert.Empty(changed);
    }

    [Fact]
    public async Task AChangedConfigFile_RollsThePods_AndTheOldOneStaysForAsLongAsItIsNamed()
    {
        await using var space = await fixture.CreateSpaceAsync();
        var settings = space.Settings() with { Pod = File("1") };
        await space.DeployAsync(settings);

        var plan = await space.Engine.PlanAsync(settings, Cancellation);
        var second = await space.DeployAsync(settings with { Pod = File("2") });

        Assert.All(plan.Changes, change => Assert.Equal(ChangeKind.Unchanged, change.Kind));
        Assert.Equal("rolls 1 pod", second.Plan.Changes.Single(change => change.Id.Kind == "Deployment").Note);
        Assert.Equal(2, (await space.NamesAsync(ObjectKind.ConfigMap)).Count(name => name.StartsWith("greeter-files-", StringComparison.Ordinal)));
    }

    private static PodSettings File(string text) => new() { ConfigFiles = new Dictionary<string, string> { ["/etc/greeter/app.txt"] = text } };
}
