using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Rbac;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Stages;

/// <summary>The rights that are asked for are the rights that are used: none is missing, and none is more.</summary>
public class RightsTests(ClusterFixture cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryRightThatIsAskedFor_IsUsed_AndNoOther()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var settings = GrantedRights.Everything(space);
        await MakeNamespaceAsync(space);
        var rights = new UsedRights(space.OpenWith(null));
        using var engine = new DeploymentEngine(() => rights, Space.Options);

        // From nothing, again with other Secrets, to a failure that is explained, and away.
        await engine.DeployAsync(settings, null, Cancellation);
        await engine.DeployAsync(settings with { SecretEnvironment = new Dictionary<string, string> { ["DB_PASSWORD"] = "hunter33" } }, null, Cancellation);
        var failing = settings with { Environment = new Dictionary<string, string> { ["FAIL_AT_START"] = "3" }, SecretEnvironment = new Dictionary<string, string>() };
        await Assert.ThrowsAsync<DeploymentException>(() => engine.DeployAsync(failing, null, Cancellation));
        await engine.DeleteAsync(settings.Identity, null, Cancellation);

        var required = RequiredPermissions.Of(settings);
        var unasked = rights.Used.Where(used => !required.Any(item => Allows(item, used)));
        // To bind is no request of its own, and the log is asked for only if its container has got that far (FailureTests).
        var unused = required
            .Where(item => item.Permission is not ({ Verb: "bind" } or { Subresource: "log" }))
            .Where(item => !rights.Used.Any(used => Allows(item, used)));
        Assert.Empty(unasked);
        Assert.Empty(unused);
    }

    [Fact]
    public async Task ADeployerWithTheseRightsAlone_Deploys_AndRemoves()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var settings = GrantedRights.Everything(space);
        await space.GrantAsync(RequiredPermissions.Of(settings));
        using var engine = space.EngineWith(await space.TokenAsync("deployer"));

        var report = await engine.CheckAsync([settings], Cancellation);
        await engine.DeployAsync(settings, null, Cancellation);
        var again = await engine.PlanAsync(settings, Cancellation);
        await engine.DeleteAsync(settings.Identity, null, Cancellation);

        Assert.DoesNotContain(report.Warnings, warning => warning.Contains("may not", StringComparison.Ordinal));
        Assert.False(again.HasChanges, again.ToText());
        Assert.Empty(await space.NamesAsync(ObjectKind.Deployment));
    }

    [Fact]
    public async Task EveryRightThatIsMissing_IsNamedBeforeAnythingIsDone()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var settings = GrantedRights.Everything(space);
        var required = RequiredPermissions.Of(settings);
        await space.GrantAsync(required);
        using var engine = space.EngineWith(await space.TokenAsync("deployer"));

        foreach (var missing in required)
        {
            await space.GrantAsync(required.Except([missing]));

            var said = await SaidAsync(engine, settings);

            Assert.Contains(missing.Permission.Target, said, StringComparison.Ordinal);
            Assert.Contains(missing.Permission.Verb, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WhatAUserLacks_IsOneMessage_WithTheRoleThatGivesIt()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var settings = space.Settings() with { PullCredentials = null };
        await space.GrantAsync(RequiredPermissions.Of(settings).Where(item => item.Permission.Verb is not ("watch" or "update") && item.Permission.Resource != "nodes"));
        using var engine = space.EngineWith(await space.TokenAsync("deployer"));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => engine.CheckAsync([settings], Cancellation));

        Assert.Equal(
            $"""
            K8SD213: This user may not do all that a deploy to namespace {space.Name} of {space.Server} needs. Missing:
              - secrets: update
              - leases.coordination.k8s.io 'aspire-k8s.greeter': update
              What grants it:
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata:
                  name: aspire-k8s-deployer
                  namespace: {space.Name}
                rules:
                - apiGroups:
                  - ""
                  resources:
                  - secrets
                  verbs:
                  - update
                - apiGroups:
                  - coordination.k8s.io
                  resources:
                  - leases
                  resourceNames:
                  - aspire-k8s.greeter
                  verbs:
                  - update
              → have that bound to the user, or use another context with .WithKubeContext("…")
            """,
            failure.Message);
    }

    private static bool Allows(RequiredPermission required, (Permission Permission, string? Namespace) used) =>
        required.Namespace == used.Namespace
        && required.Permission with { Name = null } == used.Permission with { Name = null }
        && (required.Permission.Name is null || required.Permission.Name == used.Permission.Name);

    private static async Task<string> SaidAsync(DeploymentEngine engine, DeploymentSettings settings)
    {
        try
        {
            return string.Join('\n', (await engine.CheckAsync([settings], Cancellation)).Warnings);
        }
        catch (DeploymentException failure)
        {
            return failure.Problem;
        }
    }

    private static Task<JsonObject> MakeNamespaceAsync(Space space) => space.ApplyAsync(
        $"api/v1/namespaces/{space.Name}", new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = space.Name } });
}
