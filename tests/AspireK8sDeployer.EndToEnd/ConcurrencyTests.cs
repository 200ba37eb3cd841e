using AspireK8sDeployer.EndToEnd.Support;
using AspireK8sDeployer.Engine;

namespace AspireK8sDeployer.EndToEnd;

/// <summary>Deploys that meet each other.</summary>
public class ConcurrencyTests(ClusterUnderTest cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoDeploysOfOneDeployment_OneAfterTheOther_OrOneIsRefused()
    {
        await using var place = cluster.NewNamespace();
        await using var alone = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var settings = await cluster.GreeterAsync(place.Name, Cancellation);

        var both = await Task.WhenAll(TryAsync(engine, settings), TryAsync(engine, settings));
        await engine.DeployAsync(settings with { Namespace = alone.Name }, progress: null, Cancellation);

        Assert.Contains(both, failure => failure is null);
        Assert.All(both.OfType<DeploymentException>(), failure => Assert.Equal("LOCKED", failure.Reason));
        using var user = cluster.ConnectAsUser();
        Assert.Equal(
            await NamespaceState.ReadAsync(user, alone.Name, Cancellation), await NamespaceState.ReadAsync(user, place.Name, Cancellation));
    }

    [Fact]
    public async Task DeploymentsOfOneNamespace_DoNotDisturbEachOther()
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var settings = await cluster.GreeterAsync(place.Name, Cancellation);
        var names = (string[])["alpha", "beta", "gamma"];

        await Task.WhenAll(names.Select(name => engine.DeployAsync(settings with { Name = name }, progress: null, Cancellation)));
        var again = await Task.WhenAll(names.Select(name => engine.DeployAsync(settings with { Name = name }, progress: null, Cancellation)));
        Assert.All(again, result => Assert.False(result.Plan.HasChanges, result.Plan.ToText()));

        var deleted = await engine.DeleteAsync((settings with { Name = "alpha" }).Identity, progress: null, Cancellation);
        Assert.False(deleted.NamespaceDeleted);
        var others = await Task.WhenAll(names[1..].Select(name => engine.PlanAsync(settings with { Name = name }, Cancellation)));
        Assert.All(others, plan => Assert.False(plan.HasChanges, plan.ToText()));

        await Task.WhenAll(names[1..].Select(name => engine.DeleteAsync((settings with { Name = name }).Identity, progress: null, Cancellation)));
        Assert.True(await place.IsGoneAsync(Cancellation));
    }

    private static async Task<DeploymentException?> TryAsync(DeploymentEngine engine, Engine.Settings.DeploymentSettings settings)
    {
        try
        {
            await engine.DeployAsync(settings, progress: null, Cancellation);
            return null;
        }
        catch (DeploymentException failure)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(failure.Message);
            return failure;
        }
    }
}
