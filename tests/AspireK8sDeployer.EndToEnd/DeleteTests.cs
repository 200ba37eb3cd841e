using AspireK8sDeployer.EndToEnd.Support;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd;

public class DeleteTests(ClusterUnderTest cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delete_LeavesNothing_NotEvenTheNamespaceThatTheDeployMade()
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var settings = await cluster.GreeterAsync(place.Name, Cancellation);
        await engine.DeployAsync(settings, progress: null, Cancellation);

        var result = await engine.DeleteAsync(settings.Identity, progress: null, Cancellation);

        Assert.Equal([], result.Warnings);
        Assert.True(result.NamespaceDeleted);
        Assert.True(await place.IsGoneAsync(Cancellation));
    }

    [Fact]
    public async Task ObjectOfSomebodyElse_KeepsTheNamespace()
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var settings = await cluster.GreeterAsync(place.Name, Cancellation);
        await engine.DeployAsync(settings, progress: null, Cancellation);
        using var user = cluster.ConnectAsUser();
        await user.CoreV1.CreateNamespacedConfigMapAsync(
            new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "foreign" } }, place.Name, cancellationToken: Cancellation);

        var result = await engine.DeleteAsync(settings.Identity, progress: null, Cancellation);

        Assert.False(result.NamespaceDeleted);
        Assert.Empty(await place.ObjectVersionsAsync(Cancellation));
        Assert.NotNull(await user.CoreV1.ReadNamespacedConfigMapAsync("foreign", place.Name, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task SecondDelete_FindsNothingToDo()
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var settings = await cluster.GreeterAsync(place.Name, Cancellation);
        await engine.DeployAsync(settings, progress: null, Cancellation);
        await engine.DeleteAsync(settings.Identity, progress: null, Cancellation);

        var again = await engine.DeleteAsync(settings.Identity, progress: null, Cancellation);

        Assert.False(again.Plan.HasChanges, again.Plan.ToText());
    }
}
