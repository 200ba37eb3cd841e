using AspireK8sDeployer.EndToEnd.Support;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.EndToEnd;

/// <summary>Where a pipeline answers, for each type of service, on clusters that have what the type needs and on others.</summary>
public class ServiceTests(ClusterUnderTest cluster)
{
    private static readonly DeploymentEngineOptions Impatient = new() { AddressGrace = TimeSpan.FromSeconds(2) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LoadBalancer_AnswersThere_OrIsSaidToHaveNoAddress()
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect(Impatient);

        var result = await engine.DeployAsync(await OfTypeAsync(place, ServiceType.LoadBalancer), progress: null, Cancellation);

        if (result.Endpoint.Source == "load balancer")
        {
            Assert.DoesNotContain(result.Warnings, warning => warning.Contains("LB_PENDING", StringComparison.Ordinal));
            await AnswersAsync(result);
        }
        else
        {
            Assert.Equal("node port", result.Endpoint.Source);
            Assert.Contains(result.Warnings, warning => warning.Contains("LB_PENDING", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task ClusterIP_AnswersFromInside_OrIsSaidHowToReach()
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();

        var result = await engine.DeployAsync(await OfTypeAsync(place, ServiceType.ClusterIP), progress: null, Cancellation);

        Assert.Equal("cluster", result.Endpoint.Source);
        Assert.Empty(result.Warnings);
        if (result.Endpoint.Verified)
        {
            await AnswersAsync(result);
        }
        else
        {
            Assert.Equal(new Uri($"http://greeter.{place.Name}.svc:8000/"), result.Endpoint.Url);
            Assert.Equal($"kubectl port-forward -n {place.Name} service/greeter 8000:8000", result.Endpoint.Hint);
        }
    }

    [Fact]
    public async Task ChangedType_ChangesTheAddressAlone()
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect(Impatient);
        await engine.DeployAsync(await OfTypeAsync(place, ServiceType.NodePort), progress: null, Cancellation);

        foreach (var type in (ServiceType[])[ServiceType.ClusterIP, ServiceType.LoadBalancer, ServiceType.NodePort])
        {
            var result = await engine.DeployAsync(await OfTypeAsync(place, type), progress: null, Cancellation);

            var change = Assert.Single(result.Plan.Changes, change => change.Kind != Engine.Plan.ChangeKind.Unchanged);
            Assert.Equal("Service", change.Id.Kind);
            Assert.Contains(change.Fields, field => field.Path == "spec.type" && field.After == type.ToString());
        }
    }

    [Fact]
    public async Task ChosenNodePort_ThatIsTaken_IsNamed()
    {
        await using var place = cluster.NewNamespace();
        using var engine = cluster.Connect();
        var settings = await OfTypeAsync(place, ServiceType.NodePort);
        await engine.DeployAsync(settings, progress: null, Cancellation);
        using var user = cluster.ConnectAsUser();
        var service = await k8s.CoreV1OperationsExtensions.ReadNamespacedServiceAsync(user.CoreV1, "greeter", place.Name, cancellationToken: Cancellation);
        var taken = service.Spec.Ports[0].NodePort!.Value;

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => engine.DeployAsync(
            settings with { Name = "second", Service = settings.Service with { NodePort = taken } }, progress: null, Cancellation));

        Assert.Equal("NODEPORT_TAKEN", failure.Reason);
        Assert.Contains($"{taken}", failure.Message, StringComparison.Ordinal);
    }

    private static async Task AnswersAsync(DeploymentResult result)
    {
        using var http = new HttpClient { BaseAddress = result.Endpoint.Url };
        Assert.Contains("Ada", await ClusterUnderTest.GreetAsync(http, "Ada", Cancellation), StringComparison.Ordinal);
    }

    private async Task<DeploymentSettings> OfTypeAsync(TestNamespace place, ServiceType type)
    {
        var settings = await cluster.GreeterAsync(place.Name, Cancellation);
        return settings with { Service = settings.Service with { Type = type } };
    }
}
