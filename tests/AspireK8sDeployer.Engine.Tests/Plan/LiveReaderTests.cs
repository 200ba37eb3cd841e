using System.Net;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Tests.Cluster;

namespace AspireK8sDeployer.Engine.Tests.Plan;

public class LiveReaderTests
{
    private static readonly DeploymentIdentity Greeter = new("demo", "greeter", "app");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task APlainDeployment_IsReadInOneRound_AndNeedsNoRightsOnOtherKinds()
    {
        var (_, requests) = await ReadAsync([ObjectKind.Service.Id("demo", "greeter")], inventory: []);

        Assert.Equal(["deployments", "namespaces/demo", "secrets", "services"], requests);
    }

    [Fact]
    public async Task KindsOfTheInventory_AreReadToo_SoThatTheyCanBeRemoved()
    {
        var (live, requests) = await ReadAsync([ObjectKind.Service.Id("demo", "greeter")], inventory: [ObjectKind.Ingress.Id("demo", "greeter")]);

        Assert.Equal(["deployments", "ingresses", "namespaces/demo", "secrets", "services"], requests);
        Assert.Contains(ObjectKind.Ingress.Id("demo", "greeter"), live.Objects.Keys);
    }

    [Fact]
    public async Task AKindThatIsWantedAndNotThere_IsNamedWithTheWayToGetIt()
    {
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => ReadAsync([ObjectKind.ScaledObject.Id("demo", "greeter")], inventory: []));

        Assert.Equal(
            """
            K8SD225: https://cluster.example:6443/ does not have KEDA, so it knows no ScaledObject
              → install it with 'helm install keda keda --repo https://kedacore.github.io/charts --namespace keda --create-namespace', or scale without it: .WithAutoscaling(a => a.Autoscaler = AutoscalerKind.Hpa)
            """,
            failure.Message);
    }

    [Fact]
    public async Task AKindThatWasThere_AndIsNoMore_HasNothingLeft()
    {
        var (live, _) = await ReadAsync([ObjectKind.Service.Id("demo", "greeter")], inventory: [ObjectKind.ScaledObject.Id("demo", "greeter")]);

        Assert.Empty(live.Objects);
    }

    [Fact]
    public async Task WhatAnotherObjectMade_IsNotOurs()
    {
        var (live, _) = await ReadAsync([ObjectKind.Autoscaler.Id("demo", "greeter")], inventory: []);

        Assert.Empty(live.Objects);
    }

    [Fact]
    public async Task ADeleteWithoutAnInventory_LooksForEveryKind()
    {
        using var client = Client(out var transport, inventory: null);

        await new LiveReader(new ClusterObjects(client)).ReadAsync(Greeter, Cancellation);

        Assert.Equal(
            [
                "configmaps", "deployments", "horizontalpodautoscalers", "httproutes", "ingresses", "namespaces/demo", "networkpolicies", "persistentvolumeclaims", "poddisruptionbudgets",
                "rolebindings", "scaledobjects", "secrets", "secrets/aspire-k8s.greeter", "serviceaccounts", "services",
            ],
            Names(transport));
    }

    private static async Task<(LiveObjects Live, IReadOnlyList<string> Requests)> ReadAsync(IReadOnlyList<ObjectId> desired, IReadOnlyList<ObjectId> inventory)
    {
        using var client = Client(out var transport, inventory);
        var live = await new LiveReader(new ClusterObjects(client)).ReadAsync(Greeter, desired, Cancellation);
        return (live, Names(transport));
    }

    private static ApiClient Client(out FakeTransport transport, IReadOnlyList<ObjectId>? inventory)
    {
        var fake = transport = new FakeTransport((request, _) => request.RequestUri!.AbsolutePath.Split('/')[^1] switch
        {
            "scaledobjects" or "httproutes" => FakeTransport.Status(HttpStatusCode.NotFound, "NotFound", "the server could not find the requested resource"),
            "aspire-k8s.greeter" => FakeTransport.Status(HttpStatusCode.NotFound, "NotFound", "secrets not found"),
            "secrets" when inventory is not null => Items(Inventory.New(Greeter).With(inventory).ToSecret().ToJsonString()),
            "ingresses" => Items("""{"metadata":{"name":"greeter"}}"""),
            "horizontalpodautoscalers" => Items("""{"metadata":{"name":"keda-hpa-greeter","ownerReferences":[{"kind":"ScaledObject","name":"greeter","controller":true}]}}"""),
            "demo" => FakeTransport.Json(HttpStatusCode.OK, """{"metadata":{"name":"demo"}}"""),
            _ => Items(),
        });
        return new ApiClient(() => fake, TimeProvider.System);
    }

    private static HttpResponseMessage Items(params string[] items) => FakeTransport.Json(HttpStatusCode.OK, $$"""{"items":[{{string.Join(',', items)}}]}""");

    // GET apis/apps/v1/namespaces/demo/deployments?… becomes deployments.
    private static IReadOnlyList<string> Names(FakeTransport transport) =>
        [.. transport.Requests.Select(request => request.Split('?')[0].Split("/demo/") is [_, var name] ? name : "namespaces/demo").Order(StringComparer.Ordinal)];
}
