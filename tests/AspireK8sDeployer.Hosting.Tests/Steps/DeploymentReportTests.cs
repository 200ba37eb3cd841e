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

        Assert.Equal(new Uri("http://10.0.0.7:8000/"), DeploymentReport.CallAddress(result, Greeter));
        Assert.Equal(
            """
            2 created, 1 unchanged
              url     http://10.0.0.7:8000/
              invoke  curl …
            """,
            DeploymentReport.ToText(result, Greeter, "kubectl", "curl …"));
    }

    [Fact]
    public void AnEndpointThatCannotBeReached_IsCalledThroughAPortForwardOfTheRightCluster()
    {
        var result = ResultOf(new PipelineEndpoint(new Uri("http://greeter.demo.svc:8000/"), "cluster", Verified: false, "kubectl port-forward …"), ChangeKind.Unchanged);

        Assert.Equal(new Uri("http://localhost:8000/"), DeploymentReport.CallAddress(result, Greeter));
        Assert.Equal(
            """
            nothing changed
              url     http://greeter.demo.svc:8000/
              reach   kubectl --context prod --namespace demo port-forward service/greeter 8000:8000
              invoke  curl …
            """,
            DeploymentReport.ToText(result, Greeter, "kubectl --context prod", "curl …"));
    }

    [Fact]
    public void APortThatOnlyRootMayListenOn_IsAnotherOneHere()
    {
        var settings = Greeter with { Service = new ServiceSettings { Port = 80 } };
        var result = ResultOf(new PipelineEndpoint(new Uri("http://greeter.demo.svc/"), "cluster", Verified: false, "kubectl port-forward …"), ChangeKind.Unchanged);

        Assert.Equal(new Uri("http://localhost:8080/"), DeploymentReport.CallAddress(result, settings));
        Assert.Contains("port-forward service/greeter 8080:80\n", DeploymentReport.ToText(result, settings, "kubectl", "curl …"), StringComparison.Ordinal);
    }

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
