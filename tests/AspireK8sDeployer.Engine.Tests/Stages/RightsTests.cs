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
        var settings = Everything(space);
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
        var settings = Everything(space);
        await GrantAsync(space, RequiredPermissions.Of(settings));
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
        var settings = Everything(space);
        var required = RequiredPermissions.Of(settings);
        await GrantAsync(space, required);
        using var engine = space.EngineWith(await space.TokenAsync("deployer"));

        foreach (var missing in required)
        {
            await GrantAsync(space, required.Except([missing]));

            var said = await SaidAsync(engine, settings);

            Assert.Contains(missing.Permission.Target, said, StringComparison.Ordinal);
            Assert.Contains(missing.Permission.Verb, said, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("secrets", "list")]
    [InlineData("services", "patch")]
    [InlineData("deployments", "create")]
    [InlineData("ingresses", "list")]
    [InlineData("leases", "create")]
    [InlineData("namespaces", "get")]
    public async Task WithoutARight_ADeployFails_NamingIt(string resource, string verb)
    {
        await using var space = await cluster.CreateSpaceAsync();
        var settings = Everything(space);
        await GrantAsync(space, RequiredPermissions.Of(settings).Where(item => (item.Permission.Resource, item.Permission.Verb) != (resource, verb)));
        using var engine = space.EngineWith(await space.TokenAsync("deployer"));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => engine.DeployAsync(settings, null, Cancellation));

        Assert.Equal("K8SD212", failure.Code);
        Assert.Contains($"cannot {verb} resource \"{resource}\"", failure.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatAUserLacks_IsOneMessage_WithTheRoleThatGivesIt()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var settings = space.Settings() with { PullCredentials = null };
        await GrantAsync(space, RequiredPermissions.Of(settings).Where(item => item.Permission.Verb is not ("watch" or "update") && item.Permission.Resource != "nodes"));
        using var engine = space.EngineWith(await space.TokenAsync("deployer"));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => engine.CheckAsync([settings], Cancellation));

        Assert.Equal(
            $"""
            K8SD213: This user may not do all that a deploy to namespace {space.Name} of {space.Server} needs. Missing:
              - secrets: update
              - deployments.apps: watch
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
                  - apps
                  resources:
                  - deployments
                  verbs:
                  - watch
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

    private static DeploymentSettings Everything(Space space) => space.Settings() with
    {
        NetworkPolicy = true,
        PodDisruptionBudget = true,
        ServiceAccount = new ServiceAccountSettings { Create = true, ClusterRole = "view" },
        Ingress = new IngressSettings { Host = $"{space.Name}.example.com" },
        Resources = space.Settings().Resources with { MinReplicas = 1, MaxReplicas = 2 },
        SecretEnvironment = new Dictionary<string, string> { ["DB_PASSWORD"] = "hunter22" },
    };

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

    private static Task<JsonObject> MakeNamespaceAsync(Space space) => ApplyAsync(
        space, $"api/v1/namespaces/{space.Name}", new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = space.Name } });

    // As an administrator does it, with kubectl apply --server-side.
    private static async Task GrantAsync(Space space, IEnumerable<RequiredPermission> permissions)
    {
        var manifest = RbacManifest.Render($"deployer-{space.Name}", permissions, RbacSubject.ServiceAccount(space.Name, "deployer"));
        foreach (var item in manifest.Objects)
        {
            var root = item.Id.ApiVersion == "v1" ? "api/v1" : $"apis/{item.Id.ApiVersion}";
            var place = item.Id.Namespace is null ? root : $"{root}/namespaces/{item.Id.Namespace}";
            await ApplyAsync(space, $"{place}/{item.Id.Kind.ToLowerInvariant()}s/{item.Id.Name}", item.Body);
        }
    }

    private static Task<JsonObject> ApplyAsync(Space space, string path, JsonObject body) => space.Objects.Client.SendAsync(
        new ApiRequest(HttpMethod.Patch, path)
        {
            Query = new Dictionary<string, string> { ["fieldManager"] = "administrator", ["force"] = "true", ["fieldValidation"] = "Strict" },
            Body = (JsonObject)body.DeepClone(),
            ContentType = "application/apply-patch+yaml",
        },
        Cancellation);
}
