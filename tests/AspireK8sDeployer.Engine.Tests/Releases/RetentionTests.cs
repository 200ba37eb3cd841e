using AspireK8sDeployer.Engine.Releases;
using AspireK8sDeployer.Engine.Rollback;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Releases;

public class RetentionTests
{
    private static readonly DeploymentIdentity Greeter = new("demo", "greeter", "app");

    [Fact]
    public void TenSuccessesAndTheLastFailure_AreKept()
    {
        Release[] releases = [Of(1, ReleaseOutcome.Failed), Of(2, ReleaseOutcome.RolledBack), .. Enumerable.Range(3, 11).Select(number => Of(number, ReleaseOutcome.Succeeded))];

        Assert.Equal([2, .. Enumerable.Range(4, 10)], Retention.Kept(releases).Select(release => release.Revision));
    }

    [Fact]
    public void AnInterruptedRelease_IsKeptOnlyWhileItIsTheNewest()
    {
        Assert.Equal([1, 2], Retention.Kept([Of(1, ReleaseOutcome.Succeeded), Of(2, ReleaseOutcome.Interrupted)]).Select(release => release.Revision));
        Assert.Equal([1, 3], Retention.Kept([Of(1, ReleaseOutcome.Succeeded), Of(2, ReleaseOutcome.Interrupted), Of(3, ReleaseOutcome.Succeeded)]).Select(release => release.Revision));
    }

    [Fact]
    public void ARollBack_GoesToTheLastGoodStateThatDiffers()
    {
        Release[] releases = [Of(1, ReleaseOutcome.Succeeded, "a"), Of(2, ReleaseOutcome.Succeeded, "b"), Of(3, ReleaseOutcome.Succeeded, "b")];

        Assert.Equal(1, RollbackTarget.Choose(Greeter, releases, null, abandoned: false).Revision);
    }

    [Fact]
    public void ARollBackThatWasEnded_GoesOnToWhereItWasGoing()
    {
        Release[] releases = [Of(1, ReleaseOutcome.Succeeded, "a"), Of(2, ReleaseOutcome.Succeeded, "b"), Of(3, ReleaseOutcome.Succeeded, "a", rollbackOf: 1)];

        Assert.Equal(1, RollbackTarget.Choose(Greeter, releases, null, abandoned: true).Revision);
        Assert.Equal(2, RollbackTarget.Choose(Greeter, releases, null, abandoned: false).Revision);
    }

    private static Release Of(int revision, ReleaseOutcome outcome, string digest = "a", int? rollbackOf = null) => new(
        Greeter,
        new ReleaseInfo { Revision = revision, Outcome = outcome, Image = "greeter:1", Author = "ada@here", Begun = DateTimeOffset.UnixEpoch, Changes = "", RollbackOf = rollbackOf },
        digest,
        Manifest: null);
}
