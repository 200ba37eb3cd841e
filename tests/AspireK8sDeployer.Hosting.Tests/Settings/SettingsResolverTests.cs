using Aspire.Hosting;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Tests.Settings;

public class SettingsResolverTests
{
    [Fact]
    public async Task EveryMistake_IsReportedAtOnce()
    {
        var builder = TestAppHost.Create();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PipelineDeployments:greeter:Cpu"] = "lots",
            ["PipelineDeployments:greeter:ServiceTyp"] = "NodePort",
        });
        builder.AddKubernetesDeployer("k8s").WithKubeContext("c");
        builder.AddPipelineDeployment<GreeterProject>("greeter").WithEnvironment("TOKEN", builder.AddParameter("token", secret: true));

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => builder.ResolveAsync());

        Assert.Equal("K8SD100", failure.Code);
        Assert.Equal(
            [
                "Deployer \"k8s\" has 3 settings that are wrong:",
                "PipelineDeployments:greeter:Cpu is \"lots\", which cannot be read",
                "→ give a value like 0.5",
                "PipelineDeployments:greeter:ServiceTyp is not a setting",
                "→ use ServiceType, if that is what is meant, or remove it",
            ],
            failure.Problem.Split('\n', StringSplitOptions.TrimEntries).Take(5));
        Assert.Contains("greeter: Environment TOKEN ", failure.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoClusterNamed_IsAMistake_WhateverTheMachinesKubeconfigSays()
    {
        var builder = TestAppHost.Create("--KUBECONFIG=/some/kubeconfig");
        builder.AddKubernetesDeployer("k8s");
        builder.AddPipelineDeployment<GreeterProject>("greeter");

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => builder.ResolveAsync());

        Assert.Equal(
            """
            K8SD100: Deployer "k8s" has a setting that is wrong:
              Cluster deployer "k8s" names no cluster (a kubeconfig of this machine alone is never used)
                → call .WithEmbeddedCluster(), or .WithKubeContext("…"), or set KubernetesDeployer:k8s:KubernetesContext
              → nothing was built or applied; mend this, and try again
            """,
            failure.Message);
    }

    [Fact]
    public async Task ANamedCluster_IsUsedInsteadOfTheProvidedOne()
    {
        var builder = TestAppHost.Create("--KubernetesDeployer:k8s:KubernetesContext=prod");
        builder.AddKubernetesDeployer("k8s").WithAnnotation(new ClusterProviderAnnotation(new FakeClusterProvider()));

        var settings = await builder.ResolveAsync();

        Assert.Equal(new ClusterConnection { Context = "prod" }, settings.Cluster);
    }

    [Fact]
    public async Task Code_NamesTheCluster_OverConfiguration()
    {
        var builder = TestAppHost.Create("--KubernetesDeployer:k8s:KubernetesContext=prod");
        builder.AddKubernetesDeployer("k8s").WithKubeContext("first").WithKubeContext("test").WithKubeconfig("/etc/kubeconfig");

        var settings = await builder.ResolveAsync();

        Assert.Equal(new ClusterConnection { Context = "test", KubeconfigPath = "/etc/kubeconfig" }, settings.Cluster);
    }

    [Fact]
    public async Task NoClusterNamed_LeavesItToTheProvider()
    {
        var builder = TestAppHost.Create();
        builder.AddKubernetesDeployer("k8s").WithAnnotation(new ClusterProviderAnnotation(new FakeClusterProvider()));

        var settings = await builder.ResolveAsync();

        Assert.Null(settings.Cluster);
    }

    [Fact]
    public async Task Publishing_NeedsNoCluster()
    {
        var builder = TestAppHost.Create();
        builder.AddKubernetesDeployer("k8s");

        var settings = await builder.ResolveAsync(SettingsUse.Publish);

        Assert.Null(settings.Cluster);
    }
}
