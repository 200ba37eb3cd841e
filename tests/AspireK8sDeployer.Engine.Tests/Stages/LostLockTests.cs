using AspireK8sDeployer.Engine.Apply;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Settings;
using Microsoft.Extensions.Time.Testing;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>Who has lost the deploy lock stops, whatever it was about to do, and leaves the lock to the other.</summary>
public class LostLockTests(ClusterFixture cluster)
{
    private const string Other = "eve elsewhere/boot/pid 4711 1 run";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan UntilRenewal = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _underWay = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADeploy_ThatIsTakenOver_EndsWithItsNextRenewal()
    {
        await using var space = await cluster.CreateSpaceAsync();
        using var engine = space.HookedEngine(_time, request => AtAsync(request, "/deployments/greeter", () => TakeAsync(space)));

        var failure = await FailureAsync(engine.DeployAsync(NeverReady(space), null, Cancellation), UntilRenewal);

        Assert.Equal(("K8SD305", "LOCK_LOST"), (failure.Code, failure.Reason));
        Assert.Equal($"Deployment {space.Name}/greeter was taken over by eve@elsewhere, process 4711", failure.Problem);
        Assert.Equal(Other, await HolderAsync(space));
    }

    [Fact]
    public async Task ADeploy_ThatCannotRenew_EndsWhenItsLockDoes()
    {
        await using var space = await cluster.CreateSpaceAsync();
        using var engine = space.HookedEngine(_time, request => request.StartsWith("PUT ", StringComparison.Ordinal) && request.Contains("/leases/", StringComparison.Ordinal)
            ? throw new HttpRequestException("cut off", new IOException())
            : AtAsync(request, "/deployments/greeter", () => Task.CompletedTask));

        var failure = await FailureAsync(engine.DeployAsync(NeverReady(space), null, Cancellation), DeployLock.Duration);

        Assert.Equal("K8SD305", failure.Code);
        Assert.Equal($"Deployment {space.Name}/greeter may be taken over by another deploy, because this one could not renew its lock in time", failure.Problem);
        await space.DeployAsync(space.Settings());
    }

    [Fact]
    public async Task ADeploy_WhoseRenewalWentThroughUnheard_StillGivesItsLockBack()
    {
        await using var space = await cluster.CreateSpaceAsync();
        Task RenewAsync() => space.ChangeLockAsync(spec => spec["renewTime"] = "2026-01-01T00:00:00.000000Z");
        using var engine = space.HookedEngine(TimeProvider.System, request => AtAsync(request, "/deployments/greeter", RenewAsync));

        await engine.DeployAsync(space.Settings(), null, Cancellation);

        Assert.True(_underWay.Task.IsCompletedSuccessfully);
        Assert.Equal("", await HolderAsync(space));
    }

    [Fact]
    public async Task ADelete_ThatIsTakenOver_RemovesNothingMore()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        var deployment = ObjectKind.Deployment.Id(space.Name, "greeter");
        await space.HoldAsync(deployment);
        using var engine = space.HookedEngine(_time, request => AtAsync(request, "/deployments/greeter", () => TakeAsync(space), "DELETE"));

        var failure = await FailureAsync(engine.DeleteAsync(space.Settings().Identity, null, Cancellation), UntilRenewal);
        await space.ReleaseAsync(deployment);

        Assert.Equal(("K8SD305", "delete"), (failure.Code, failure.Stage));
        Assert.NotNull(await space.Objects.GetAsync(Inventory.IdOf(space.Settings().Identity), Cancellation));
        Assert.Equal(Other, await HolderAsync(space));
    }

    [Fact]
    public async Task ADelete_ThatIsTakenOverAtItsEnd_LeavesTheOthersLock()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        var inventory = Inventory.IdOf(space.Settings().Identity).Name;
        using var engine = space.HookedEngine(TimeProvider.System, request => AtAsync(request, $"/secrets/{inventory}", () => TakeAsync(space), "DELETE"));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => engine.DeleteAsync(space.Settings().Identity, null, Cancellation));

        Assert.Equal("K8SD305", failure.Code);
        Assert.Equal(Other, await HolderAsync(space));
    }

    [Fact]
    public async Task ADelete_WhoseRenewalWentThroughUnheard_StillRemovesItsLock()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        await space.DeployAsync(space.Settings("other"));
        var inventory = Inventory.IdOf(space.Settings().Identity).Name;
        Task RenewAsync() => space.ChangeLockAsync(spec => spec["renewTime"] = "2026-01-01T00:00:00.000000Z");
        using var engine = space.HookedEngine(TimeProvider.System, request => AtAsync(request, $"/secrets/{inventory}", RenewAsync, "DELETE"));

        await engine.DeleteAsync(space.Settings().Identity, null, Cancellation);

        Assert.Null(await space.Objects.GetAsync(DeployLock.IdOf(space.Settings().Identity), Cancellation));
    }

    private static DeploymentSettings NeverReady(Space space) => space.Settings() with { ReadinessProbe = new() { Path = "/nowhere", PeriodSeconds = 1 } };

    private async Task<DeploymentException> FailureAsync(Task work, TimeSpan passing)
    {
        await Task.WhenAny(_underWay.Task, work).WaitAsync(Bound, Cancellation);
        _time.Advance(passing);
        return await Assert.ThrowsAsync<DeploymentException>(() => work.WaitAsync(Bound, Cancellation));
    }

    private async Task AtAsync(string request, string path, Func<Task> action, string method = "PATCH")
    {
        if (!_underWay.Task.IsCompleted && request.StartsWith(method, StringComparison.Ordinal) && request.EndsWith(path, StringComparison.Ordinal))
        {
            await action();
            _underWay.TrySetResult();
        }
    }

    private static Task TakeAsync(Space space) => space.ChangeLockAsync(spec => spec["holderIdentity"] = Other);

    private static async Task<string?> HolderAsync(Space space) =>
        (string?)(await space.Objects.GetAsync(DeployLock.IdOf(space.Settings().Identity), Cancellation))?["spec"]?["holderIdentity"];
}
