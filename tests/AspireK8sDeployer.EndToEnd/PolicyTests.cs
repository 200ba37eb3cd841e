using AspireK8sDeployer.EndToEnd.Support;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.EndToEnd;

/// <summary>Namespaces in which not everything is allowed.</summary>
public class PolicyTests(ClusterUnderTest cluster)
{
    private static readonly DeploymentEngineOptions Eager = new() { FailFast = FailFast.Eager };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RestrictedPodSecurity_AdmitsThePods()
    {
        await using var place = cluster.NewNamespace();
        using var user = cluster.ConnectAsUser();
        await CreateAsync(user, place, ("pod-security.kubernetes.io/enforce", "restricted"));
        using var engine = cluster.Connect();

        var result = await engine.DeployAsync(await cluster.GreeterAsync(place.Name, Cancellation), progress: null, Cancellation);

        Assert.DoesNotContain(result.Plan.Changes, change => change is { Id.Kind: "Namespace", Kind: not Engine.Plan.ChangeKind.Unchanged });
    }

    [Fact]
    public async Task RestrictedPodSecurity_RefusesAnImageThatIsNotOurs_AndSaysSo()
    {
        await using var place = cluster.NewNamespace();
        using var user = cluster.ConnectAsUser();
        await CreateAsync(user, place, ("pod-security.kubernetes.io/enforce", "restricted"));

        var failure = await FailureOfAsync((await cluster.GreeterAsync(place.Name, Cancellation)) with { ImageIsOurs = false });

        Assert.Equal("PODSECURITY", failure.Reason);
        Assert.Contains("runAsNonRoot", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quota_ThatIsUsedUp_IsNamed()
    {
        await using var place = cluster.NewNamespace();
        using var user = cluster.ConnectAsUser();
        await CreateAsync(user, place);
        await user.CoreV1.CreateNamespacedResourceQuotaAsync(
            new V1ResourceQuota
            {
                Metadata = new V1ObjectMeta { Name = "small" },
                Spec = new V1ResourceQuotaSpec { Hard = new Dictionary<string, ResourceQuantity> { ["limits.memory"] = new("128Mi") } },
            },
            place.Name, cancellationToken: Cancellation);

        var failure = await FailureOfAsync(await cluster.GreeterAsync(place.Name, Cancellation));

        Assert.Equal("QUOTA", failure.Reason);
        Assert.Contains("small", failure.Message, StringComparison.Ordinal);
        Assert.Contains("limits.memory=128Mi", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LimitRange_ThatIsExceeded_IsNamed()
    {
        await using var place = cluster.NewNamespace();
        using var user = cluster.ConnectAsUser();
        await CreateAsync(user, place);
        await user.CoreV1.CreateNamespacedLimitRangeAsync(
            new V1LimitRange
            {
                Metadata = new V1ObjectMeta { Name = "small" },
                Spec = new V1LimitRangeSpec
                {
                    Limits = [new V1LimitRangeItem { Type = "Container", Max = new Dictionary<string, ResourceQuantity> { ["memory"] = new("128Mi") } }],
                },
            },
            place.Name, cancellationToken: Cancellation);

        var failure = await FailureOfAsync(await cluster.GreeterAsync(place.Name, Cancellation));

        Assert.Equal("LIMITRANGE", failure.Reason);
        Assert.Contains("128Mi", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoreThanAnyNodeHas_IsNamed()
    {
        await using var place = cluster.NewNamespace();
        var settings = await cluster.GreeterAsync(place.Name, Cancellation);

        var failure = await FailureOfAsync(settings with { Resources = settings.Resources with { Cpu = 1000 } });

        Assert.Equal("SCHED_RESOURCES", failure.Reason);
        Assert.Contains("Insufficient cpu", failure.Message, StringComparison.Ordinal);
    }

    private static async Task CreateAsync(IKubernetes user, TestNamespace place, params (string Key, string Value)[] labels)
    {
        await user.CoreV1.CreateNamespaceAsync(
            new V1Namespace { Metadata = new V1ObjectMeta { Name = place.Name, Labels = labels.ToDictionary(label => label.Key, label => label.Value) } },
            cancellationToken: Cancellation);
    }

    private async Task<DeploymentException> FailureOfAsync(DeploymentSettings settings)
    {
        using var engine = cluster.Connect(Eager);
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => engine.DeployAsync(settings, progress: null, Cancellation));
        TestContext.Current.TestOutputHelper?.WriteLine(failure.Message);
        return failure;
    }
}
