using Aspire.Hosting;
using AspireK8sDeployer.Engine.Settings;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Tests.Settings;

public class OptionsResolverTests
{
    [Fact]
    public async Task NothingSet_GivesTheDefaults()
    {
        var settings = await TestAppHost.ResolveGreeterAsync([], _ => { }, _ => { });

        Assert.Equal(("pipeline-deployments", 1.0, "2GiB", 8000), (settings.Namespace, settings.Resources.Cpu, settings.Resources.Memory, settings.Service.Port));
    }

    [Fact]
    public async Task DeployersConfiguration_AppliesToItsDeployments()
    {
        var settings = await TestAppHost.ResolveGreeterAsync(
            new() { ["KubernetesDeployer:k8s:KubernetesNamespace"] = "from-deployer", ["KubernetesDeployer:k8s:Memory"] = "1GiB" }, _ => { }, _ => { });

        Assert.Equal(("from-deployer", "1GiB"), (settings.Namespace, settings.Resources.Memory));
    }

    [Fact]
    public async Task DeployersCode_WinsOverItsConfiguration()
    {
        var settings = await TestAppHost.ResolveGreeterAsync(
            new() { ["KubernetesDeployer:k8s:KubernetesNamespace"] = "from-configuration" }, deployer => deployer.WithNamespace("from-code"), _ => { });

        Assert.Equal("from-code", settings.Namespace);
    }

    [Fact]
    public async Task DeploymentsConfiguration_WinsOverItsDeployersCode()
    {
        var settings = await TestAppHost.ResolveGreeterAsync(
            new() { ["PipelineDeployments:greeter:Namespace"] = "from-deployment" }, deployer => deployer.WithNamespace("from-deployer"), _ => { });

        Assert.Equal("from-deployment", settings.Namespace);
    }

    [Fact]
    public async Task DeploymentsCode_WinsOverEverything()
    {
        var settings = await TestAppHost.ResolveGreeterAsync(
            new() { ["PipelineDeployments:greeter:Cpu"] = "2", ["PipelineDeployments:greeter:Memory"] = "4GB" },
            _ => { },
            deployment => deployment.WithResources(cpu: 0.5));

        Assert.Equal((0.5, "4GB"), (settings.Resources.Cpu, settings.Resources.Memory));
    }

    [Fact]
    public async Task EverySettingOfTheService_ComesFromConfiguration()
    {
        var settings = await TestAppHost.ResolveGreeterAsync(
            new()
            {
                ["PipelineDeployments:greeter:ServiceType"] = "nodeport",
                ["PipelineDeployments:greeter:ServicePort"] = "9000",
                ["PipelineDeployments:greeter:NodePort"] = "30080",
                ["PipelineDeployments:greeter:SessionAffinity"] = "ClientIP",
                ["PipelineDeployments:greeter:ServiceAnnotations:example.com/scheme"] = "internal",
            },
            _ => { },
            _ => { });

        Assert.Equal(
            (ServiceType.NodePort, 9000, 30080, SessionAffinity.ClientIP, "internal"),
            (settings.Service.Type, settings.Service.Port, settings.Service.NodePort, settings.Service.SessionAffinity, settings.Service.Annotations["example.com/scheme"]));
    }

    [Theory]
    [InlineData("10.0.0.0/8, 192.168.0.0/16", null)]
    [InlineData("10.0.0.0/8", "192.168.0.0/16")]
    public async Task AList_IsOneTextOrSeveralEntries(string first, string? second)
    {
        var key = "PipelineDeployments:greeter:LoadBalancerSourceRanges";
        var configuration = second is null
            ? new Dictionary<string, string?> { [key] = first }
            : new Dictionary<string, string?> { [$"{key}:0"] = first, [$"{key}:1"] = second };

        var settings = await TestAppHost.ResolveGreeterAsync(configuration, _ => { }, _ => { });

        Assert.Equal(["10.0.0.0/8", "192.168.0.0/16"], settings.Service.LoadBalancerSourceRanges);
    }

    [Fact]
    public async Task LaterCalls_ChangeOnlyWhatTheyName()
    {
        var settings = await TestAppHost.ResolveGreeterAsync(
            [], _ => { },
            deployment => deployment.WithResources(cpu: 2, maxReplicas: 3).WithResources(cpu: 4).WithService(s => s.Port = 9000).WithService(s => s.Type = ServiceType.ClusterIP));

        Assert.Equal((4.0, 3, 9000, ServiceType.ClusterIP), (settings.Resources.Cpu, settings.Resources.MaxReplicas, settings.Service.Port, settings.Service.Type));
    }

    [Fact]
    public async Task AParameter_GivesTheNamespace()
    {
        var builder = TestAppHost.Create("--Parameters:namespace=from-parameter");
        builder.AddKubernetesDeployer("k8s").WithKubeContext("c").WithNamespace(builder.AddParameter("namespace"));
        builder.AddPipelineDeployment<GreeterProject>("greeter");

        var resolved = await builder.ResolveAsync();

        Assert.Equal("from-parameter", resolved.Deployments.Single().Settings.Namespace);
    }
}
