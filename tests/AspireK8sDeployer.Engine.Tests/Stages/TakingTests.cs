using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>What others made or changed: adopted, taken over, replaced, or refused.</summary>
public class TakingTests(ClusterFixture cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatAPersonChanged_IsDrift_AndOverwrittenWhenTheDeployMayTakeOver()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        await PatchAsync(space, ObjectKind.Deployment, """{"spec":{"progressDeadlineSeconds":999}}""", "kubectl-edit");

        var plan = await space.Engine.PlanAsync(space.Settings(), Cancellation);
        var failure = await space.FailureAsync(space.Settings());

        var change = plan.Changes.Single(change => change.Kind == ChangeKind.Conflict);
        var field = Assert.Single(change.Fields);
        Assert.Equal(("spec.progressDeadlineSeconds", "999", "600"), (field.Path, field.Before, field.After));
        Assert.Equal(("kubectl-edit", FieldClaim.Drift, true), (field.Owner!.Manager, field.Owner.Claim, field.Owner.Since > DateTimeOffset.UtcNow.AddMinutes(-5)));
        Assert.Equal(("K8SD222", 5), (failure.Code, failure.ExitCode));
        Assert.StartsWith($"Deployment/{space.Name}/greeter was changed by somebody else: spec.progressDeadlineSeconds is 999, not 600 (drift: set by \"kubectl-edit\", ", failure.Problem, StringComparison.Ordinal);
        Assert.EndsWith("or let the deploy overwrite them with .WithTakeOver()", failure.Fix, StringComparison.Ordinal);

        using var taking = EngineWith(space, options => options.TakeOver = true);
        var result = await taking.DeployAsync(space.Settings(), null, Cancellation);

        Assert.Equal("no restart; takes fields from \"kubectl-edit\"", result.Plan.Changes.Single(change => change.Kind == ChangeKind.Update).Note);
        Assert.Equal(600, (int)(await space.GetAsync(ObjectKind.Deployment, "greeter"))!["spec"]!["progressDeadlineSeconds"]!);
        Assert.False((await space.DeployAsync(space.Settings())).Plan.HasChanges);
    }

    [Fact]
    public async Task WhatAProgramKeeps_IsNotTakenOver()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        await PatchAsync(space, ObjectKind.Deployment, """{"spec":{"progressDeadlineSeconds":999}}""", "gkebackup");

        using var taking = EngineWith(space, options => options.TakeOver = true);
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => taking.DeployAsync(space.Settings(), null, Cancellation));

        Assert.StartsWith($"Deployment/{space.Name}/greeter was changed by somebody else: spec.progressDeadlineSeconds is 999, not 600 (kept by \"gkebackup\", ", failure.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatKubectlApplied_BecomesOurs_WithoutWhatIsNotWanted()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings("first"));
        await CreateAsync(space, ObjectKind.Service, "kubectl-client-side-apply", """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"greeter","labels":{"team":"old"},
             "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"secret\":\"hunter22\"}"}},
             "spec":{"type":"NodePort","selector":{"app":"old"},"ports":[{"name":"old","port":81}]}}
            """);

        var refused = await space.FailureAsync(space.Settings());
        using var adopting = EngineWith(space, options => options.Adoption = AdoptionPolicy.Unowned);
        var plan = await adopting.PlanAsync(space.Settings(), Cancellation);
        var result = await adopting.DeployAsync(space.Settings(), plan, null, Cancellation);

        Assert.Equal(("K8SD220", 4, $"Service/{space.Name}/greeter exists and is not ours: it was written by \"kubectl-client-side-apply\""), (refused.Code, refused.ExitCode, refused.Problem));
        var change = plan.Changes.Single(change => change.Kind == ChangeKind.Adopt);
        Assert.Contains("metadata.labels.team: old -> (none)", change.Fields.Select(field => field.ToString()));
        Assert.DoesNotContain("hunter22", plan.ToText() + plan.ToJson(), StringComparison.Ordinal);
        var live = (await space.GetAsync(ObjectKind.Service, "greeter"))!;
        Assert.Null(live["metadata"]!["labels"]!["team"]);
        Assert.Null(live["metadata"]!["annotations"]);
        Assert.Equal(["aspire-k8s-deployer"], live["metadata"]!["managedFields"]!.AsArray().Select(entry => (string)entry!["manager"]!));
        Assert.Equal(["8000"], live["spec"]!["ports"]!.AsArray().Select(port => port!["port"]!.ToString()));
        Assert.True(result.Endpoint.Verified);
        Assert.False((await space.DeployAsync(space.Settings())).Plan.HasChanges);
    }

    [Theory]
    [InlineData(AdoptionPolicy.Unowned, true)]
    [InlineData(AdoptionPolicy.All, false)]
    public async Task WhatAnotherToolManages_IsOnlyAdoptedWhenAllIs(AdoptionPolicy policy, bool isRefused)
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings("first"));
        await CreateAsync(space, ObjectKind.Service, "helm", """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"greeter","annotations":{"meta.helm.sh/release-name":"web"},"labels":{"app.kubernetes.io/managed-by":"Helm"}},"spec":{"ports":[{"port":81}]}}
            """);

        using var adopting = EngineWith(space, options => options.Adoption = policy);
        var plan = await adopting.PlanAsync(space.Settings(), Cancellation);

        Assert.Equal(
            isRefused ? [$"Service/{space.Name}/greeter exists and is not ours: Helm release 'web' manages it"] : [],
            plan.Blockers.Select(blocker => blocker.Problem));
    }

    [Fact]
    public async Task WhatCannotChange_IsReplacedOnlyWithPermission()
    {
        await using var space = await cluster.CreateSpaceAsync();
        DeploymentSettings With(string type) => space.Settings() with
        {
            AdditionalResources = [AdditionalResource.FromYaml($"{{apiVersion: v1, kind: Secret, metadata: {{name: extra}}, type: example.com/{type}, stringData: {{word: hunter22}}}}", "extra.yaml")],
        };
        await space.DeployAsync(With("one"));
        var uid = (string)(await space.GetAsync(ObjectKind.Secret, "extra"))!["metadata"]!["uid"]!;

        var refused = await space.FailureAsync(With("two"));
        using var replacing = EngineWith(space, options => options.Replacement = ["Secret/extra"]);
        var result = await replacing.DeployAsync(With("two"), null, Cancellation);

        Assert.Equal(
            ("K8SD229", 4, $"Secret/{space.Name}/extra cannot change in type while it exists"),
            (refused.Code, refused.ExitCode, refused.Problem));
        Assert.Contains(".WithReplacement(\"Secret\")", refused.Fix, StringComparison.Ordinal);
        var change = result.Plan.Changes.Single(change => change.Kind == ChangeKind.Replace);
        Assert.Equal("type: example.com/one -> example.com/two", Assert.Single(change.Fields).ToString());
        Assert.NotEqual(uid, (string)(await space.GetAsync(ObjectKind.Secret, "extra"))!["metadata"]!["uid"]!);
        Assert.False((await space.DeployAsync(With("two"))).Plan.HasChanges);
    }

    [Fact]
    public async Task WhatMovedSinceTheReview_EndsTheDeploy_UnlessTheDifferenceIsTheSame()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        var settings = space.Settings() with { TerminationGracePeriod = TimeSpan.FromSeconds(2) };
        var reviewed = await space.Engine.PlanAsync(settings, Cancellation);

        // Not among what changes, but another version of the object.
        await PatchAsync(space, ObjectKind.Deployment, """{"metadata":{"annotations":{"tests.example/note":"moved"}}}""", "tests");
        await space.Engine.DeployAsync(settings, reviewed, null, Cancellation);

        var later = settings with { TerminationGracePeriod = TimeSpan.FromSeconds(3) };
        var stale = await space.Engine.PlanAsync(later, Cancellation);
        await space.DeleteAsync(ObjectKind.Service.Id(space.Name, "greeter"));
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => space.Engine.DeployAsync(later, stale, null, Cancellation));

        Assert.Equal(("K8SD307", 6), (failure.Code, failure.ExitCode));
        Assert.EndsWith($"has changed since the plan was reviewed:\n  Service/{space.Name}/greeter create", failure.Problem, StringComparison.Ordinal);
    }

    private static DeploymentEngine EngineWith(Space space, Action<DeploymentEngineOptions> change)
    {
        var options = Space.Options;
        change(options);
        return new DeploymentEngine(() => space.OpenWith(token: null), options);
    }

    private static Task<JsonObject> CreateAsync(Space space, ObjectKind kind, string manager, string json) => space.Objects.Client.SendAsync(
        new ApiRequest(HttpMethod.Post, kind.Path(space.Name)) { Query = new Dictionary<string, string> { ["fieldManager"] = manager }, Body = JsonNode.Parse(json) },
        Cancellation);

    private static Task<JsonObject> PatchAsync(Space space, ObjectKind kind, string json, string manager) => space.Objects.Client.SendAsync(
        new ApiRequest(HttpMethod.Patch, kind.Path(space.Name, "greeter"))
        {
            Query = new Dictionary<string, string> { ["fieldManager"] = manager },
            Body = JsonNode.Parse(json),
            ContentType = "application/merge-patch+json",
        },
        Cancellation);
}
