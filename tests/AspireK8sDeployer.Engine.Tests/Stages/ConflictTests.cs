using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Shared;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>A write that is answered by a conflict: for once, somebody was faster; for ever, it is nobody's doing and must end.</summary>
public class ConflictTests(FaultCluster cluster)
{
    private const string Delete = "DELETE apis/networking.k8s.io/v1/namespaces/{ns}/networkpolicies/greeter 1";
    private const string TakeLock = "POST apis/coordination.k8s.io/v1/namespaces/{ns}/leases 1";

    private readonly string _space = $"conflict-{Guid.NewGuid():N}"[..18];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DeploymentSettings Settings => new()
    {
        Name = "greeter",
        Namespace = _space,
        Application = "Tests",
        Image = A.Image,
        Service = new ServiceSettings { Type = ServiceType.ClusterIP },
        NetworkPolicy = true,
    };

    private DeploymentSettings WithoutPolicy => Settings with { NetworkPolicy = false };

    private ObjectId Policy => ObjectKind.NetworkPolicy.Id(_space, "greeter");

    [Fact]
    public async Task ADelete_ThatMeetsAnotherWriterOnce_IsMadeAgain()
    {
        await DeployAsync(Settings);

        await DeployAsync(WithoutPolicy, Delete);

        Assert.Equal((false, false), await PolicyAsync());
    }

    [Fact]
    public async Task ADelete_ThatIsAlwaysAConflict_FailsTheDeploy_AndTheNextOneStillKnowsOfTheObject()
    {
        await DeployAsync(Settings);

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(WithoutPolicy, Delete, forEver: true));
        var between = await PolicyAsync();
        await DeployAsync(WithoutPolicy);

        Assert.StartsWith($"NetworkPolicy/{_space}/greeter", failure.Problem, StringComparison.Ordinal);
        Assert.Equal((true, true), between);
        Assert.Equal((false, false), await PolicyAsync());
    }

    [Fact]
    public async Task ALock_ThatCanNeverBeMade_IsGivenUp()
    {
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(Settings, TakeLock, forEver: true));

        Assert.Equal(("K8SD214", $"Lease/{_space}/aspire-k8s.greeter"), (failure.Code, failure.Problem.Split(':')[0]));
    }

    private async Task DeployAsync(DeploymentSettings settings, string? fault = null, bool forEver = false)
    {
        var inner = await cluster.ConnectAsync();
        var time = new SkippingTime { Look = TimeSpan.FromMilliseconds(100) };
        var transport = new FaultAtCall(inner, time, _space) { Call = fault, Kind = FaultKind.Conflict, Persists = forEver };
        using var engine = new DeploymentEngine(() => transport, new DeploymentEngineOptions { TimeProvider = time, AddressGrace = TimeSpan.FromSeconds(1) });
        await engine.DeployAsync(settings, null, Cancellation).WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
    }

    // Whether it is there, and whether the inventory says so.
    private async Task<(bool IsThere, bool IsNoted)> PolicyAsync()
    {
        var inner = await cluster.ConnectAsync();
        var objects = new ClusterObjects(new ApiClient(() => inner, TimeProvider.System));
        var inventory = await objects.GetAsync(Inventory.IdOf(Settings.Identity), Cancellation);
        return (await objects.GetAsync(Policy, Cancellation) is not null, Inventory.Read(Settings.Identity, inventory!).Objects.Contains(Policy));
    }
}
