using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using AspireK8sDeployer.Client;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Steps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Cluster = AspireK8sDeployer.EmbeddedCluster.EmbeddedCluster;

namespace AspireK8sDeployer.Hosting.Tests;

/// <summary>An AppHost's whole way, from its steps to a pipeline that answers in an embedded cluster.</summary>
public sealed class AppHostTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private string _declared = "tiny";
    private string? _image;

    public AppHostTests() => _cancellation.CancelAfter(Timeout);

    [Fact]
    public async Task Deploy_DeployAgain_Scale_DeployAnImage_Rename_AndDestroy()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The embedded cluster runs on Linux only.");
        using var project = TinyPipelineProject.Create();
        await using var cluster = await Cluster.StartAsync(cancellationToken: _cancellation.Token);
        var provider = new TestClusterProvider(cluster);

        var first = await RunAsync(provider, "deploy");
        Assert.Contains("Deployment/tests/tiny created", first.Text, StringComparison.Ordinal);
        Assert.Equal("Hello, Ada", await InvokeAsync(cluster, first.Application));

        var second = await RunAsync(provider, "deploy");
        Assert.Contains("tiny: nothing changed", second.Text, StringComparison.Ordinal);
        Assert.Contains("Image unchanged: ", second.Text, StringComparison.Ordinal);

        var scaled = await RunAsync(provider, "deploy", "--PipelineDeployments:tiny:MinReplicas=2");
        Assert.Contains("spec.replicas: 1 -> 2", scaled.Text, StringComparison.Ordinal);
        Assert.Contains("1 to create, 1 to update, 3 unchanged.", scaled.Text, StringComparison.Ordinal);

        var moved = await RunAsync(provider, "destroy", "--yes", "true", "--KubernetesDeployer:k8s:KubernetesNamespace=elsewhere");
        Assert.Contains("tests/tiny is left: an AppHost of this name deployed it to a namespace that this one does not use", moved.Text, StringComparison.Ordinal);
        Assert.Equal("Hello, Ada", await InvokeAsync(cluster, first.Application));

        // What was built above, as an image that nobody here builds.
        _image = first.Text.Split("Image pushed: ")[1].Split('\n')[0];
        var given = await RunAsync(provider, "deploy-given", "--Parameters:type=NodePort");
        Assert.Contains($"Image given: {_image}", given.Text, StringComparison.Ordinal);
        Assert.Equal("Hello, Ada", await InvokeAsync(cluster, first.Application, "given"));

        (_declared, _image) = ("renamed", null);
        var warned = await RunAsync(provider, "preflight-k8s");
        Assert.Contains("tests/tiny was deployed by this AppHost, which no longer declares it", warned.Text, StringComparison.Ordinal);

        var destroyed = await RunAsync(provider, "destroy", "--yes", "true");
        Assert.Contains("renamed: nothing was deployed", destroyed.Text, StringComparison.Ordinal);
        Assert.Contains("given: 3 deleted", destroyed.Text, StringComparison.Ordinal);
        Assert.Contains("tiny: 4 deleted", destroyed.Text, StringComparison.Ordinal);
        Assert.Contains("Namespace/tests deleted", destroyed.Text, StringComparison.Ordinal);
        Assert.True(provider.WasAskedToStop);
        Assert.Equal(0, Environment.ExitCode);
    }

    public void Dispose() => _cancellation.Dispose();

    private async Task<(string Text, string Application)> RunAsync(IClusterProvider provider, string step, params string[] args)
    {
        var log = new LogLines();
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions { Args = ["--operation", "publish", "--step", step, "--KubernetesDeployer:k8s:KubernetesNamespace=tests", "--KubernetesDeployer:k8s:Cpu=0.5", .. args], DisableDashboard = true });
        builder.Services.AddSingleton<ILoggerProvider>(log);
        builder.AddKubernetesDeployer("k8s").WithAnnotation(new ClusterProviderAnnotation(provider));
        builder.AddPipelineDeployment<TinyPipelineProject>(_declared);
        if (_image is not null)
        {
            var type = builder.AddParameter("type");
            builder.AddPipelineDeployment("given", _image).WithService(s => s.Type = type.Resource);
        }

        await using var app = builder.Build();
        await app.RunAsync(_cancellation.Token);
        return (log.Text, ApplicationName.Of(builder.Environment));
    }

    private async Task<string?> InvokeAsync(Cluster cluster, string application, string deployment = "tiny")
    {
        using var engine = DeploymentEngine.Connect(new ClusterConnection { KubeconfigPath = cluster.KubeconfigPath });
        var request = new InvokeRequest { Parameters = new JsonObject { ["name"] = "Ada" } };
        var response = await engine.InvokeAsync(new DeploymentIdentity("tests", deployment, application), request, _cancellation.Token);
        return response.Outputs?.GetString();
    }

    private sealed class TestClusterProvider(Cluster cluster) : IClusterProvider
    {
        public bool WasAskedToStop { get; private set; }

        public string Description => "test cluster";

        public Task<ProvidedCluster> EnsureRunningAsync(ILogger logger, CancellationToken cancellationToken) => Task.FromResult(new ProvidedCluster(
            "test", cluster.KubeconfigPath, "embedded", new ProvidedRegistry(cluster.RegistryHost, cluster.RegistryUser, cluster.RegistryPassword, cluster.BaseImage)));

        public async Task<ProvidedCluster?> FindAsync(CancellationToken cancellationToken) => await EnsureRunningAsync(null!, cancellationToken);

        public Task<bool> StopIfEmptyAsync(ILogger logger, CancellationToken cancellationToken)
        {
            WasAskedToStop = true;
            return Task.FromResult(true);
        }
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public string Text => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
