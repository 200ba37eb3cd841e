using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Hosting.Images;
using AspireK8sDeployer.Hosting.Steps;

namespace AspireK8sDeployer.Hosting.Tests.Steps;

public sealed class ImageTargetsTests : IDisposable
{
    private readonly string _kubeconfig = Path.GetTempFileName();

    [Fact]
    public async Task TheClustersOwnRegistry_IsTheLastResort()
    {
        var target = await TargetAsync(provided: true, (_, _, _) => { });

        Assert.Equal(new ImageTarget("localhost:5000", "greeter", new ImageCredentials("user", "password"), "localhost:5000/empty:latest"), target);
    }

    [Fact]
    public async Task TheDeploymentsRegistry_WinsOverItsDeployers()
    {
        var target = await TargetAsync(provided: false, (builder, deployer, greeter) =>
        {
            deployer.WithContainerRegistry(builder.AddContainerRegistry("shared", "shared.example.com"));
            greeter.WithContainerRegistry(builder.AddContainerRegistry("own", "own.example.com", "team/pipelines"));
        });

        Assert.Equal(("own.example.com", "team/pipelines/greeter"), (target.Registry, target.Repository));
    }

    [Fact]
    public async Task TheOnlyRegistryOfTheAppHost_NeedsNotBeNamed()
    {
        var target = await TargetAsync(provided: false, (builder, _, _) => builder.AddContainerRegistry("shared", "shared.example.com"));

        Assert.Equal(("shared.example.com", "greeter"), (target.Registry, target.Repository));
    }

    [Fact]
    public async Task WithoutAnyRegistry_TheCallThatAddsOneIsNamed()
    {
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => TargetAsync(provided: false, (_, _, _) => { }));

        Assert.Equal("K8SD805", failure.Code);
    }

    [Fact]
    public async Task ALoopbackRegistry_IsRefusedForARemoteCluster()
    {
        var failure = await Assert.ThrowsAsync<DeploymentException>(() => TargetAsync(
            provided: false, (builder, deployer, _) => deployer.WithContainerRegistry(builder.AddContainerRegistry("local", "localhost:5000"))));

        Assert.Equal(
            """
            K8SD806: The nodes of the cluster at https://cluster.example.com:6443/ cannot pull from localhost:5000, which only this machine reaches
              → push "greeter" to a registry that the nodes reach: .WithContainerRegistry(registry)
            """,
            failure.Message);
    }

    public void Dispose() => File.Delete(_kubeconfig);

    private async Task<ImageTarget> TargetAsync(
        bool provided, Action<IDistributedApplicationBuilder, IResourceBuilder<KubernetesDeployerResource>, IResourceBuilder<ProjectResource>> configure)
    {
        await File.WriteAllTextAsync(
            _kubeconfig,
            """
            apiVersion: v1
            kind: Config
            current-context: remote
            clusters: [{ name: remote, cluster: { server: "https://cluster.example.com:6443" } }]
            contexts: [{ name: remote, context: { cluster: remote, user: me } }]
            users: [{ name: me, user: { token: t } }]
            """,
            TestContext.Current.CancellationToken);
        var builder = TestAppHost.Create();
        var deployer = builder.AddKubernetesDeployer("k8s").WithKubeContext("remote");
        var greeter = builder.AddPipelineDeployment<GreeterProject>("greeter");
        configure(builder, deployer, greeter);
        var (app, _) = await builder.StartAsync();
        await using var running = app;

        var connection = new ClusterConnection { KubeconfigPath = _kubeconfig };
        using var engine = DeploymentEngine.Connect(connection);
        var cluster = provided ? await new FakeClusterProvider().EnsureRunningAsync(null!, TestContext.Current.CancellationToken) : null;
        return await ImageTargets.OfAsync(
            deployer.Resource, greeter.Resource, new TargetCluster(connection, engine, null, cluster), TestContext.Current.CancellationToken);
    }
}
