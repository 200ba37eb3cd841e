using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Hosting.Tests.Settings;

public class ClusterReaderTests
{
    [Fact]
    public async Task TheLastCall_NamesTheCluster()
    {
        var builder = TestAppHost.Create("--Parameters:token=t0ken");
        var token = builder.AddParameter("token", secret: true);

        Assert.Equal(new ClusterConnection { InCluster = true }, await ReadAsync(deployer => deployer.WithKubeContext("prod").WithInClusterConfig()));
        Assert.Equal(new ClusterConnection { Context = "prod" }, await ReadAsync(deployer => deployer.WithKubeconfig("/old").WithInClusterConfig().WithKubeContext("prod")));
        Assert.Equal(
            new ClusterConnection { Server = "https://10.0.0.1:6443", Token = "t0ken", CertificateAuthority = "/ca.pem" },
            await ReadAsync(builder, deployer => deployer.WithInClusterConfig().WithCluster("https://10.0.0.1:6443", token, "/ca.pem")));
    }

    [Fact]
    public async Task Configuration_NamesTheCluster_UntilACallDoes()
    {
        Assert.Equal(
            new ClusterConnection { InCluster = true },
            await ReadAsync(TestAppHost.Create("--KubernetesDeployer:k8s:InCluster=true"), _ => { }));
        Assert.Equal(
            new ClusterConnection { Server = "https://10.0.0.1:6443", Token = "t", CertificateAuthority = "/ca.pem" },
            await ReadAsync(
                TestAppHost.Create("--KubernetesDeployer:k8s:ClusterServer=https://10.0.0.1:6443", "--KubernetesDeployer:k8s:ClusterToken=t", "--KubernetesDeployer:k8s:ClusterCertificateAuthority=/ca.pem"),
                _ => { }));
        Assert.Equal(
            new ClusterConnection { Context = "prod" },
            await ReadAsync(TestAppHost.Create("--KubernetesDeployer:k8s:InCluster=true"), deployer => deployer.WithKubeContext("prod")));
        Assert.Equal(
            new ClusterConnection { KubeconfigPath = "/configured", Context = "prod" },
            await ReadAsync(TestAppHost.Create("--KubernetesDeployer:k8s:Kubeconfig=/configured"), deployer => deployer.WithKubeContext("prod")));
    }

    [Theory]
    [InlineData("KubernetesDeployer:k8s names more than one cluster", "InCluster=true", "KubernetesContext=prod")]
    [InlineData("KubernetesDeployer:k8s names more than one cluster", "ClusterServer=https://a", "KubernetesContext=prod")]
    [InlineData("KubernetesDeployer:k8s:InCluster is \"yes\", which cannot be read", "InCluster=yes", "Cpu=1")]
    [InlineData("KubernetesDeployer:k8s has credentials of a cluster, but not ClusterServer", "ClusterToken=t", "Cpu=1")]
    public async Task WhatContradictsItself_IsAMistake(string problem, params string[] settings)
    {
        var builder = TestAppHost.Create([.. settings.Select(setting => $"--KubernetesDeployer:k8s:{setting}")]);

        var failure = await Assert.ThrowsAsync<DeploymentException>(() => ReadAsync(builder, _ => { }));

        Assert.Contains(problem, failure.Problem, StringComparison.Ordinal);
    }

    private static Task<ClusterConnection?> ReadAsync(Action<IResourceBuilder<KubernetesDeployerResource>> configure) => ReadAsync(TestAppHost.Create(), configure);

    private static async Task<ClusterConnection?> ReadAsync(IDistributedApplicationBuilder builder, Action<IResourceBuilder<KubernetesDeployerResource>> configure)
    {
        configure(builder.AddKubernetesDeployer("k8s"));
        return (await builder.ResolveAsync()).Cluster;
    }
}
