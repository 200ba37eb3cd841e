using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Stages;

public class AccessTests(ClusterFixture cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryKind_IsMadeOnce_AndRemovedWhenItIsTurnedOff()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var settings = space.Settings() with
        {
            NetworkPolicy = true,
            PodDisruptionBudget = true,
            ServiceAccount = new ServiceAccountSettings { Create = true, ClusterRole = "view" },
            Ingress = new IngressSettings { Host = "greeter.example.com" },
        };
        ObjectKind[] kinds = [ObjectKind.NetworkPolicy, ObjectKind.DisruptionBudget, ObjectKind.ServiceAccount, ObjectKind.RoleBinding, ObjectKind.Ingress];

        await space.DeployAsync(settings);
        var again = await space.Engine.PlanAsync(settings, Cancellation);
        var without = await space.DeployAsync(space.Settings());

        Assert.False(again.HasChanges, again.ToText());
        Assert.Equal(
            kinds.Select(kind => kind.Kind).Order(StringComparer.Ordinal),
            without.Plan.Changes.Where(change => change.Kind == ChangeKind.Delete).Select(change => change.Id.Kind).Order(StringComparer.Ordinal));
        foreach (var kind in kinds)
        {
            Assert.Null(await space.GetAsync(kind, "greeter"));
        }
    }

    [Fact]
    public async Task AHost_IsTheEndpoint_AndAnswersThroughItsController()
    {
        await using var space = await cluster.CreateSpaceAsync();

        var result = await space.DeployAsync(space.Settings() with { Ingress = new IngressSettings { Host = "greeter.invalid" } });

        Assert.Equal(("ingress", "greeter.invalid", true), (result.Endpoint.Source, result.Endpoint.Url.Host, result.Endpoint.Verified));
        using var http = new HttpClient(result.Endpoint.CreateHandler());
        Assert.True((await http.GetAsync(new Uri(result.Endpoint.Url, "/health"), Cancellation)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task ACertificateThatNobodyTrusts_IsSaid_AndTheHostStaysTheEndpoint()
    {
        await using var space = await cluster.CreateSpaceAsync();

        // Without the Secret, the controller shows a certificate of its own.
        var result = await space.DeployAsync(space.Settings() with { Ingress = new IngressSettings { Host = "greeter.invalid", TlsEnabled = true, TlsSecretName = "greeter-tls" } });

        Assert.Equal(("https", "greeter.invalid", false, null), (result.Endpoint.Url.Scheme, result.Endpoint.Url.Host, result.Endpoint.Verified, result.Endpoint.Hint));
        Assert.NotNull(result.Endpoint.Address);
        Assert.NotNull(result.Endpoint.CertificateProblem);
        Assert.True(result.Endpoint.ServiceUrl?.IsLoopback, $"{result.Endpoint.ServiceUrl}");
        Assert.Contains(
            result.Warnings,
            warning => warning.Contains("its certificate is not trusted here", StringComparison.Ordinal) && warning.EndsWith("'curl --insecure' calls it without checking who answers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnotherRole_IsBoundByANewBinding()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var account = new ServiceAccountSettings { Create = true, ClusterRole = "view" };
        await space.DeployAsync(space.Settings() with { ServiceAccount = account });

        var result = await space.DeployAsync(space.Settings() with { ServiceAccount = account with { ClusterRole = "edit" } });

        var change = Assert.Single(result.Plan.Changes, change => change.Kind != ChangeKind.Unchanged);
        Assert.Equal("roleRef: ClusterRole/view -> ClusterRole/edit", Assert.Single(change.Fields).ToString());
        Assert.Equal("edit", (string?)(await space.GetAsync(ObjectKind.RoleBinding, "greeter"))!["roleRef"]!["name"]);
    }

    [Fact]
    public async Task WithoutItsAutoscaler_TheReplicasAreFixedAgain()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings() with { Resources = space.Settings().Resources with { MinReplicas = 1, MaxReplicas = 3 } });
        await ScaleAsAutoscalerAsync(space, 2);
        var between = await space.Engine.PlanAsync(space.Settings() with { Resources = space.Settings().Resources with { MinReplicas = 1, MaxReplicas = 3 } }, Cancellation);

        var result = await space.DeployAsync(space.Settings());

        Assert.False(between.HasChanges, between.ToText());
        Assert.Equal("spec.replicas: 2 -> 1 (taken from \"kube-controller-manager\")", Assert.Single(result.Plan.Changes.Single(change => change.Kind == ChangeKind.Update).Fields).ToString());
        Assert.Null(await space.GetAsync(ObjectKind.Autoscaler, "greeter"));
        Assert.Equal(1, (int?)(await space.GetAsync(ObjectKind.Deployment, "greeter"))!["spec"]!["replicas"]);
    }

    [Fact]
    public async Task KindsThatTheClusterDoesNotHave_AreNamedBeforeAnythingIsDone()
    {
        await using var space = await cluster.CreateSpaceAsync();

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => space.DeployAsync(space.Settings() with { Gateway = new GatewaySettings { Name = "shared" } }));

        Assert.Equal("K8SD225", failure.Code);
        Assert.Empty(space.Transport.Writes);
    }

    // As the controller manager does it: through the scale subresource, in its own name.
    private static Task<JsonObject> ScaleAsAutoscalerAsync(Space space, int replicas) => space.Objects.Client.SendAsync(
        new ApiRequest(HttpMethod.Patch, ObjectKind.Deployment.Path(space.Name, "greeter") + "/scale")
        {
            Query = new Dictionary<string, string> { ["fieldManager"] = "kube-controller-manager" },
            Body = new JsonObject { ["spec"] = new JsonObject { ["replicas"] = replicas } },
            ContentType = "application/merge-patch+json",
        },
        Cancellation);
}
