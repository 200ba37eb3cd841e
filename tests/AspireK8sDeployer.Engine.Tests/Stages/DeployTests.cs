using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Tests.Stages;

public class DeployTests(ClusterFixture cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADeploy_MakesWhatThePlanSays_AndASecondOneWritesNothing()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var planned = await space.Engine.PlanAsync(space.Settings(), Cancellation);
        Assert.Empty(space.Transport.Writes);

        var first = await space.DeployAsync(space.Settings());

        Assert.Equal(["Namespace", "Secret", "Service", "Deployment"], planned.Changes.Select(change => change.Id.Kind));
        Assert.All(first.Plan.Changes, change => Assert.Equal(ChangeKind.Create, change.Kind));
        Assert.True(first.Endpoint.Verified);

        var (requests, writes) = (space.Transport.Requests.Count, space.Transport.Writes.Count);
        var second = await space.DeployAsync(space.Settings());

        Assert.False(second.Plan.HasChanges);
        Assert.Equal(writes, space.Transport.Writes.Count);
        Assert.InRange(space.Transport.Requests.Count - requests, 5, 7);
    }

    [Fact]
    public async Task MoreReplicas_AreOneFieldOfThePlan()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());

        var result = await space.DeployAsync(space.Settings() with { Resources = space.Settings().Resources with { MinReplicas = 2 }, PodDisruptionBudget = false });

        var change = Assert.Single(result.Plan.Changes, change => change.Kind != ChangeKind.Unchanged);
        Assert.Equal("Deployment", change.Id.Kind);
        Assert.Equal("spec.replicas: 1 -> 2", Assert.Single(change.Fields).ToString());
    }

    [Fact]
    public async Task AChangedSecret_RollsThePods_AndTheOldOneStaysForItsReplicaSet()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var settings = space.Settings() with { SecretEnvironment = new Dictionary<string, string> { ["DB_PASSWORD"] = "hunter22" } };
        await space.DeployAsync(settings);

        var changed = settings with { SecretEnvironment = new Dictionary<string, string> { ["DB_PASSWORD"] = "hunter33" } };
        var result = await space.DeployAsync(changed);

        Assert.Equal("rolls 1 pod", result.Plan.Changes.Single(change => change.Kind == ChangeKind.Update).Note);
        Assert.DoesNotContain("hunter", result.Plan.ToText(), StringComparison.Ordinal);
        Assert.Equal(2, (await space.NamesAsync(ObjectKind.Secret)).Count(name => name.StartsWith("greeter-env-", StringComparison.Ordinal)));
        using var http = new HttpClient();
        Assert.Equal("hunter33", await http.GetStringAsync(new Uri(result.Endpoint.Url, "/env/DB_PASSWORD"), Cancellation));
        Assert.False((await space.DeployAsync(changed)).Plan.HasChanges);
    }

    [Theory]
    [InlineData(ServiceType.NodePort, "node port")]
    [InlineData(ServiceType.LoadBalancer, "load balancer")]
    public async Task EveryTypeOfService_HasAnAddressThatAnswers(ServiceType type, string source)
    {
        await using var space = await cluster.CreateSpaceAsync();

        var result = await space.DeployAsync(space.Settings() with { Service = new ServiceSettings { Type = type } });

        Assert.Equal((source, true), (result.Endpoint.Source, result.Endpoint.Verified));
    }

    [Fact]
    public async Task AServiceInsideAClusterOfThisMachine_IsReachedAtItsOwnAddress()
    {
        await using var space = await cluster.CreateSpaceAsync();

        // The tests' server has no /info to say who it is; nor has a pipeline for who shows no key.
        var result = await space.DeployAsync(space.Settings() with { Service = new ServiceSettings { Type = ServiceType.ClusterIP } });

        Assert.Equal(("cluster", true, true), (result.Endpoint.Source, result.Endpoint.Verified, result.Endpoint.Url.IsLoopback));
    }

    [Fact]
    public async Task AnObjectOfSomebodyElse_IsNotTouched()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings("first"));
        await space.Objects.CreateAsync(
            ObjectKind.Service.Id(space.Name, "greeter"),
            (JsonObject)JsonNode.Parse("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"greeter"},"spec":{"ports":[{"port":80}]}}""")!,
            Cancellation);

        var failure = await space.FailureAsync(space.Settings());

        Assert.Equal("K8SD220", failure.Code);
        Assert.Equal($"Service/{space.Name}/greeter exists and is not ours: it was written by \"aspire-k8s-deployer\"", failure.Problem);
    }

    [Fact]
    public async Task ASecretOfSomebodyElse_WithTheInventorysName_IsNotTouched()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings("first"));
        var id = Inventory.IdOf(space.Settings().Identity);
        await space.Objects.CreateAsync(
            id, new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = new JsonObject { ["name"] = id.Name } }, Cancellation);

        var deploy = await space.FailureAsync(space.Settings());
        var delete = await Assert.ThrowsAsync<DeploymentException>(() => space.Engine.DeleteAsync(space.Settings().Identity, null, Cancellation));

        Assert.Equal(("K8SD220", "K8SD220"), (deploy.Code, delete.Code));
        Assert.NotNull(await space.Objects.GetAsync(id, Cancellation));
    }

    [Fact]
    public async Task ADeploymentOfAnotherAppHost_IsNotTouched()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());

        var deploy = await space.FailureAsync(space.Settings() with { Application = "Other" });
        var delete = await Assert.ThrowsAsync<DeploymentException>(() => space.Engine.DeleteAsync(space.Settings().Identity with { Application = "Other" }, null, Cancellation));

        Assert.Equal(("K8SD221", "K8SD221"), (deploy.Code, delete.Code));
        Assert.EndsWith("belongs to the application 'Tests', this is 'Other'", deploy.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACopyWithOurLabels_IsLeftAlone_AndMentioned()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        var copy = (await space.Objects.ListAsync(ObjectKind.Secret, space.Name, ObjectSelector.OfDeployment("greeter"), Cancellation)).Items
            .First(item => ((string)item["metadata"]!["name"]!).StartsWith("greeter-pull-", StringComparison.Ordinal));
        await space.Objects.CreateAsync(
            ObjectKind.Secret.Id(space.Name, "copy"),
            new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = new JsonObject { ["name"] = "copy", ["labels"] = copy["metadata"]!["labels"]!.DeepClone() } },
            Cancellation);

        var plan = await space.Engine.PlanAsync(space.Settings(), Cancellation);

        Assert.False(plan.HasChanges);
        Assert.Contains($"Secret/{space.Name}/copy carries our labels, but no deploy made it: it is left alone", plan.Warnings);

        var deletion = await space.Engine.DeleteAsync(space.Settings().Identity, null, Cancellation);
        Assert.Equal([$"Namespace/{space.Name} is kept: there is more in it (Secret/{space.Name}/copy)"], deletion.Warnings);
    }

    [Fact]
    public async Task WhatSomebodyElseScaled_IsAConflictThatNamesThem()
    {
        await using var space = await cluster.CreateSpaceAsync();
        await space.DeployAsync(space.Settings());
        await ScaleAsync(space, "kubectl", 2);

        var failure = await space.FailureAsync(space.Settings());

        Assert.Equal("K8SD222", failure.Code);
        // A server loses the time of what is written through the scale subresource.
        Assert.Equal($"Deployment/{space.Name}/greeter was changed by somebody else: spec.replicas is 2, not 1 (drift: set by \"kubectl\")", failure.Problem);
        Assert.Equal(5, failure.ExitCode);

        var same = await space.DeployAsync(space.Settings() with { Resources = space.Settings().Resources with { MinReplicas = 2 } });
        Assert.Equal("no value changes, only who keeps them", same.Plan.Changes.Single(change => change.Kind == ChangeKind.Update).Note);
    }

    [Fact]
    public async Task AnAutoscalersNumber_IsLeftAlone_AndTakenBackWhenTheAutoscalerGoes()
    {
        await using var space = await cluster.CreateSpaceAsync();
        var scaled = space.Settings() with { Resources = space.Settings().Resources with { MinReplicas = 1, MaxReplicas = 4 } };
        await space.DeployAsync(scaled);
        await ScaleAsync(space, "kube-controller-manager", 2);

        Assert.False((await space.DeployAsync(scaled)).Plan.HasChanges);
        Assert.Equal(2, (int)(await space.GetAsync(ObjectKind.Deployment, "greeter"))!["spec"]!["replicas"]!);

        await space.DeployAsync(space.Settings());
        Assert.Equal(1, (int)(await space.GetAsync(ObjectKind.Deployment, "greeter"))!["spec"]!["replicas"]!);
        Assert.Null(await space.GetAsync(ObjectKind.Autoscaler, "greeter"));
    }

    private static async Task ScaleAsync(Space space, string manager, int replicas)
    {
        var request = new ApiRequest(HttpMethod.Patch, ObjectKind.Deployment.Path(space.Name, "greeter") + "/scale")
        {
            Query = new Dictionary<string, string> { ["fieldManager"] = manager },
            Body = new JsonObject { ["spec"] = new JsonObject { ["replicas"] = replicas } },
            ContentType = "application/merge-patch+json",
        };
        await space.Objects.Client.SendAsync(request, Cancellation);
    }
}
