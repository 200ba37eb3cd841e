using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Endpoint;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Steps;

namespace AspireK8sDeployer.Hosting.Tests.Steps;

public class DeploymentReportTests
{
    private static readonly DeploymentSettings Greeter = new() { Name = "greeter", Namespace = "demo", Application = "app", Image = "greeter" };

    [Fact]
    public void AnEndpointThatAnswers_IsCalledThere()
    {
        var result = ResultOf(new PipelineEndpoint(new Uri("http://10.0.0.7:8000/"), "load balancer", Verified: true), ChangeKind.Create, ChangeKind.Create, ChangeKind.Unchanged);

        Assert.Equal(result.Endpoint, DeploymentReport.CalledAt(result, Greeter, addressesAreReachable: false));
        Assert.Equal(
            """
            2 created, 1 unchanged
              url     http://10.0.0.7:8000/
              invoke  curl …
            """,
            ToText(result, Greeter, "kubectl", "curl …"));
    }

    [Fact]
    public void AnEndpointThatCannotBeReached_IsCalledThroughAPortForwardOfTheRightCluster()
    {
        var result = ResultOf(new PipelineEndpoint(new Uri("http://greeter.demo.svc:8000/"), "cluster", Verified: false, "kubectl port-forward …"), ChangeKind.Unchanged);

        Assert.Equal(new Uri("http://localhost:8000/"), DeploymentReport.CalledAt(result, Greeter, addressesAreReachable: false).Url);
        Assert.Equal(
            """
            nothing changed
              url     http://greeter.demo.svc:8000/
              reach   kubectl --context prod --namespace demo port-forward service/greeter 8000:8000
              invoke  curl …
            """,
            ToText(result, Greeter, "kubectl --context prod", "curl …"));
    }

    [Fact]
    public void APortThatOnlyRootMayListenOn_IsAnotherOneHere()
    {
        var settings = Greeter with { Service = new ServiceSettings { Port = 80 } };
        var result = ResultOf(new PipelineEndpoint(new Uri("http://greeter.demo.svc/"), "cluster", Verified: false, "kubectl port-forward …"), ChangeKind.Unchanged);

        Assert.Equal(new Uri("http://localhost:8080/"), DeploymentReport.CalledAt(result, settings, addressesAreReachable: false).Url);
        Assert.Contains("port-forward service/greeter 8080:80\n", ToText(result, settings, "kubectl", "curl …"), StringComparison.Ordinal);
    }

    [Fact]
    public void AnEndpointThatCannotBeReached_IsCalledAtTheService_WhereItsAddressIsReachable()
    {
        var endpoint = new PipelineEndpoint(new Uri("https://greeter.example.com/"), "ingress", Verified: false, "kubectl port-forward …") { ServiceUrl = new Uri("http://127.3.96.4:8000/") };
        var result = ResultOf(endpoint, ChangeKind.Unchanged);

        Assert.Equal(endpoint.ServiceUrl, DeploymentReport.CalledAt(result, Greeter, addressesAreReachable: true).Url);
        Assert.Equal(
            """
            nothing changed
              url     https://greeter.example.com/
              reach   http://127.3.96.4:8000/
              invoke  curl …
            """,
            ToText(result, Greeter, "kubectl", "curl …", addressesAreReachable: true));
    }

    [Fact]
    public void ACertificateThatIsNotTrusted_LeavesTheEndpointWhereItIs()
    {
        var result = ResultOf(new PipelineEndpoint(new Uri("https://greeter.example.com/"), "ingress", Verified: false) { CertificateProblem = "UntrustedRoot" }, ChangeKind.Unchanged);

        Assert.Equal(result.Endpoint, DeploymentReport.CalledAt(result, Greeter, addressesAreReachable: false));
        Assert.Equal(
            """
            nothing changed
              url     https://greeter.example.com/
              invoke  curl --insecure …
            """,
            ToText(result, Greeter, "kubectl", "curl --insecure …"));
    }

    [Theory]
    [InlineData(ChangeKind.Create, "DNS does not know it yet")]
    [InlineData(ChangeKind.Unchanged, "no key, DNS does not know it yet")]
    public void WarningsOfAPlanThatWasPrinted_AreNotToldAgain(ChangeKind change, string told)
    {
        var result = ResultOf(new PipelineEndpoint(new Uri("http://10.0.0.7:8000/"), "load balancer", Verified: true), change);
        result = result with { Plan = result.Plan with { Warnings = ["no key"] }, Warnings = ["no key", "DNS does not know it yet"] };

        Assert.Equal(told, string.Join(", ", DeploymentReport.Unsaid(result)));
    }

    private static string ToText(DeploymentResult result, DeploymentSettings settings, string kubectl, string invocation, bool addressesAreReachable = false) =>
        DeploymentReport.ToText(result, settings, DeploymentReport.CalledAt(result, settings, addressesAreReachable), kubectl, invocation);

    private static DeploymentResult ResultOf(PipelineEndpoint endpoint, params ChangeKind[] changes) => new(
        new DeploymentPlan
        {
            Deployment = "greeter",
            Namespace = "demo",
            Server = "https://cluster/",
            Changes = [.. changes.Select((kind, at) => new PlannedChange(kind, new ObjectId("v1", "Secret", "demo", $"s{at}"), []))],
            Warnings = [],
        },
        endpoint, []);
}
