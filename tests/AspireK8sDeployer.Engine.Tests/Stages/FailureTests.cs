namespace AspireK8sDeployer.Engine.Tests.Stages;

public class FailureTests(ClusterFixture cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AProgramThatEndsAtStart_IsGivenUpWithItsLastWords()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var settings = space.Settings() with { Environment = new Dictionary<string, string> { ["FAIL_AT_START"] = "3" } };

        var failure = await space.FailureAsync(settings);

        Assert.Equal(("K8SD401", "CRASH_LOOP"), (failure.Code, failure.Reason));
        Assert.Contains("container greeter ends with exit code 3", failure.Problem, StringComparison.Ordinal);
        Assert.Contains("| cannot start", failure.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnImageThatIsNotThere_IsNamed_AndTheVersionBeforeStillServes()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());

        var failure = await space.FailureAsync(space.Settings() with { Image = $"{space.Registry}/tests/web:2" });

        Assert.Equal(("K8SD401", "IMAGE_NOT_FOUND"), (failure.Code, failure.Reason));
        Assert.Contains($"image {space.Registry}/tests/web:2 does not exist", failure.Problem, StringComparison.Ordinal);
        Assert.EndsWith("the version before still serves, with 1 of 1 replicas", failure.Problem, StringComparison.Ordinal);

        Assert.True((await space.DeployAsync(space.Settings())).Endpoint.Verified);
    }

    [Fact]
    public async Task AProgramThatNeverGetsReady_IsGivenUpWhenItsTimeIsOver()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var settings = space.Settings() with { DeployTimeout = TimeSpan.FromSeconds(15), ReadinessProbe = new() { Path = "/nowhere", PeriodSeconds = 1 } };

        var failure = await space.FailureAsync(settings);

        Assert.Equal(("K8SD402", "READINESS_FAILING"), (failure.Code, failure.Reason));
        Assert.Contains("did not become ready in 15 s: 0 of 1 replicas available", failure.Problem, StringComparison.Ordinal);
        Assert.Contains("404", failure.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWrongToken_IsSaidToBeOne()
    {
        await using var space = await cluster.CreateSpaceAsync();
        using var engine = space.EngineWith("wrong");

        var check = await Assert.ThrowsAsync<DeploymentException>(() => engine.CheckAsync([space.Settings()], Cancellation));
        var plan = await Assert.ThrowsAsync<DeploymentException>(() => engine.PlanAsync(space.Settings(), Cancellation));

        Assert.Equal(("K8SD211", "K8SD211"), (check.Code, plan.Code));
    }

    [Fact]
    public async Task ATokenWithoutRights_HearsOfAllOfThemAtOnce()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        using var engine = space.EngineWith(await space.TokenAsync("nobody"));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => engine.CheckAsync([space.Settings()], Cancellation));

        Assert.StartsWith(
            $"""
            K8SD213: This user may not do all that a deploy to namespace {space.Name} of {space.Server} needs. Missing:
              - namespaces '{space.Name}': get
              - secrets: get, list, create, update, patch, delete
              - services: list
              - services 'greeter': get, create, patch, delete
              - deployments.apps: list
              - deployments.apps 'greeter': get, create, patch, delete
              - replicasets.apps: list
              - leases.coordination.k8s.io: create
              - leases.coordination.k8s.io 'aspire-k8s.greeter': get, update, delete
              What grants it:
            """,
            failure.Message, StringComparison.Ordinal);
        Assert.Equal("K8SD212", (await Assert.ThrowsAsync<DeploymentException>(() => engine.PlanAsync(space.Settings(), Cancellation))).Code);
    }

    [Fact]
    public async Task WhatIsDeployed_IsListedInAllNamespaces_ForWhoMayLookThere()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        using var nobody = space.EngineWith(await space.TokenAsync("nobody"));

        var application = space.Settings().Application;
        var found = await space.Engine.ListEverywhereAsync(application, Cancellation);

        Assert.Equal([space.Settings().Identity], found?.Where(deployment => deployment.Namespace == space.Name));
        Assert.Null(await nobody.ListEverywhereAsync(application, Cancellation));
    }

    [Fact]
    public async Task AnAdministrator_PassesTheCheckWithOneQuestion()
    {
        await using var space = await cluster.CreateSpaceAsync();

        await space.Engine.CheckAsync([space.Settings()], Cancellation);

        Assert.Single(space.Transport.Requests, request => request.Contains("selfsubjectaccessreviews", StringComparison.Ordinal));
    }
}
