using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Releases;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Stages;

public class RollbackTests(ClusterFixture cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryDeployThatChangesSomething_IsRecorded_AndNoOther()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(Greeting(space, "one"));
        await space.DeployAsync(Greeting(space, "one"));
        await space.DeployAsync(Greeting(space, "two"));

        var history = await HistoryAsync(space);

        Assert.Equal([(2, ReleaseOutcome.Succeeded, "1 to update, 3 unchanged."), (1, ReleaseOutcome.Succeeded, "4 to create.")], history.Select(item => (item.Revision, item.Outcome, item.Changes)));
        Assert.All(history, item => Assert.True(item.Ended >= item.Begun));
        Assert.Equal($"{Environment.UserName}@{Environment.MachineName}", history[0].Author);
    }

    [Fact]
    public async Task ARollBack_BringsTheLastGoodStateBack_WithItsSecrets_AndIsRecorded()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(Greeting(space, "one", password: "hunter11"));
        await space.DeployAsync(Greeting(space, "two", password: "hunter22"));

        var result = await space.Engine.RollBackAsync(space.Settings().Identity, null, null, Cancellation);

        using var http = new HttpClient();
        Assert.Equal("one", await http.GetStringAsync(new Uri(result.Endpoint.Url, "/env/GREETING"), Cancellation));
        Assert.Equal("hunter11", await http.GetStringAsync(new Uri(result.Endpoint.Url, "/env/DB_PASSWORD"), Cancellation));
        Assert.Equal([(3, (int?)1), (2, null), (1, null)], (await HistoryAsync(space)).Select(item => (item.Revision, item.RollbackOf)));
        Assert.False((await space.Engine.PlanAsync(Greeting(space, "one", password: "hunter11"), Cancellation)).HasChanges);

        var described = await space.Engine.DescribeAsync(space.Settings().Identity, Cancellation);
        Assert.Equal((true, "1 of 1 replicas available; rolled back to revision 1", 3), (described.IsReady, described.State, described.Revision));
    }

    [Fact]
    public async Task WhatALaterDeployAdded_GoesWithTheRollBack_AndWhatItTookAwayComesBack()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var first = space.Settings() with { PodDisruptionBudget = true };
        await space.DeployAsync(first);
        await space.DeployAsync(space.Settings() with { PodDisruptionBudget = false, NetworkPolicy = true });

        var result = await space.Engine.RollBackAsync(first.Identity, 1, null, Cancellation);

        Assert.Equal(
            [("NetworkPolicy", ChangeKind.Delete), ("PodDisruptionBudget", ChangeKind.Create)],
            result.Plan.Changes.Where(change => change.Kind != ChangeKind.Unchanged).Select(change => (change.Id.Kind, change.Kind)).Order());
        Assert.Empty(await space.NamesAsync(ObjectKind.NetworkPolicy));
        Assert.Equal(["greeter"], await space.NamesAsync(ObjectKind.DisruptionBudget));
    }

    [Fact]
    public async Task ARevisionThatIsNotRemembered_IsAnErrorThatListsThoseThatAre()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        var begun = (await HistoryAsync(space))[0].Begun;

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => space.Engine.RollBackAsync(space.Settings().Identity, 7, null, Cancellation));
        var earlier = await Assert.ThrowsAsync<DeploymentException>(() => space.Engine.RollBackAsync(space.Settings().Identity, null, null, Cancellation));
        var none = await Assert.ThrowsAsync<DeploymentException>(() => space.Engine.RollBackAsync(space.Settings("other").Identity, null, null, Cancellation));

        Assert.Equal(
            $"K8SD241: {space.Name}/greeter has no revision 7; remembered are\n  1  {begun.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  succeeded  {space.Settings().Image}\n  → name one of these revisions",
            failure.Message);
        Assert.StartsWith($"{space.Name}/greeter has no earlier revision that succeeded; remembered are", earlier.Problem, StringComparison.Ordinal);
        Assert.Equal("K8SD244", none.Code);
    }

    [Fact]
    public async Task ASecretThatIsGone_KeepsARevisionFromComingBack()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(Greeting(space, "one", password: "hunter11"));
        var secret = (await space.NamesAsync(ObjectKind.Secret)).Single(name => name.StartsWith("greeter-env-", StringComparison.Ordinal));
        await space.DeployAsync(Greeting(space, "two", password: "hunter22"));
        await space.DeleteAsync(ObjectKind.Secret.Id(space.Name, secret));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => space.Engine.RollBackAsync(space.Settings().Identity, 1, null, Cancellation));

        Assert.Equal(
            $"Revision 1 of {space.Name}/greeter cannot be brought back: it needs Secret/{space.Name}/{secret}, which is gone, and whose values are kept nowhere else",
            failure.Problem);
    }

    [Fact]
    public async Task AFailedRollout_GoesBackByItself_WhenAsked_AndTheFailureStaysTheFailure()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(Greeting(space, "one"));

        var failure = await space.FailureAsync(Failing(space) with { RollbackOnFailure = true });

        Assert.Equal("K8SD401", failure.Code);
        Assert.EndsWith($"\n  rolled back to revision 1 ({space.Settings().Image}), which is ready again", failure.Problem, StringComparison.Ordinal);
        var history = await HistoryAsync(space);
        Assert.Equal(
            [(3, ReleaseOutcome.Succeeded, (int?)1, (int?)null), (2, ReleaseOutcome.RolledBack, null, 1), (1, ReleaseOutcome.Succeeded, null, null)],
            history.Select(item => (item.Revision, item.Outcome, item.RollbackOf, item.RolledBackTo)));
        Assert.Contains("exit", history[1].Failure, StringComparison.Ordinal);
        Assert.Contains("containerStatuses", await EvidenceAsync(space, 2), StringComparison.Ordinal);
        Assert.False((await space.Engine.PlanAsync(Greeting(space, "one"), Cancellation)).HasChanges);
    }

    [Fact]
    public async Task AFirstDeployThatFails_IsLeftToBeLookedAt()
    {
        await using var space = await cluster.CreateSpaceAsync();

        var failure = await space.FailureAsync(Failing(space) with { RollbackOnFailure = true });

        Assert.EndsWith("\n  there is no earlier revision to go back to: what was applied is left for you to look at", failure.Problem, StringComparison.Ordinal);
        Assert.Equal(["greeter"], await space.NamesAsync(ObjectKind.Deployment));
        Assert.Equal(ReleaseOutcome.Failed, Assert.Single(await HistoryAsync(space)).Outcome);
    }

    [Fact]
    public async Task WithoutBeingAsked_AFailedRolloutStays_AndCanBeRolledBack()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(Greeting(space, "one"));
        await space.FailureAsync(Failing(space));

        Assert.Equal((2, ReleaseOutcome.Failed), (await HistoryAsync(space)) is [var last, ..] ? (last.Revision, last.Outcome) : default);
        await space.Engine.RollBackAsync(space.Settings().Identity, null, null, Cancellation);

        Assert.False((await space.Engine.PlanAsync(Greeting(space, "one"), Cancellation)).HasChanges);
    }

    [Fact]
    public async Task OnlyTheLastTenSuccesses_AreRemembered_AndWhatOnlyOlderOnesNeededGoes()
    {
        await using var space = await cluster.CreateSpaceAsync();
        for (var number = 1; number <= 12; number++)
        {
            await space.DeployAsync(space.Settings() with { Labels = new Dictionary<string, string> { ["number"] = $"{number}" } });
        }

        Assert.Equal(Enumerable.Range(3, 10).Reverse(), (await HistoryAsync(space)).Select(item => item.Revision));
        var writes = space.Transport.Writes.Count;
        await space.DeployAsync(space.Settings() with { Labels = new Dictionary<string, string> { ["number"] = "12" } });
        Assert.Equal(writes, space.Transport.Writes.Count);
    }

    [Fact]
    public async Task AnInterruptedDeploy_SaysSo_AndIsGoneOnWith()
    {
        await using var space = await cluster.CreateSpaceAsync();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var engine = space.HookedEngine(TimeProvider.System, async request =>
        {
            if (request.StartsWith("PATCH", StringComparison.Ordinal) && request.EndsWith("/deployments/greeter", StringComparison.Ordinal) && await space.GetAsync(ObjectKind.Lease, "aspire-k8s.greeter") is not null)
            {
                await ended.CancelAsync();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.DeployAsync(space.Settings(), null, ended.Token));
        Assert.Equal(ReleaseOutcome.Interrupted, Assert.Single(await HistoryAsync(space)).Outcome);

        await space.DeployAsync(space.Settings());
        Assert.Equal([(1, ReleaseOutcome.Succeeded)], (await HistoryAsync(space)).Select(item => (item.Revision, item.Outcome)));
    }

    private static DeploymentSettings Greeting(Space space, string greeting, string? password = null) => space.Settings() with
    {
        Environment = new Dictionary<string, string> { ["GREETING"] = greeting },
        SecretEnvironment = password is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["DB_PASSWORD"] = password },
    };

    private static DeploymentSettings Failing(Space space) => space.Settings() with { Environment = new Dictionary<string, string> { ["FAIL_AT_START"] = "3" } };

    private static Task<IReadOnlyList<ReleaseInfo>> HistoryAsync(Space space) => space.Engine.HistoryAsync(space.Settings().Identity, Cancellation);

    private static async Task<string> EvidenceAsync(Space space, int revision)
    {
        var release = ReleaseSecret.Read(space.Settings().Identity, (await space.GetAsync(ObjectKind.Secret, $"aspire-k8s.greeter.r{revision}"))!)!;
        using var unpacked = new StreamReader(new System.IO.Compression.GZipStream(new MemoryStream(release.Evidence!), System.IO.Compression.CompressionMode.Decompress));
        return await unpacked.ReadToEndAsync(Cancellation);
    }
}
