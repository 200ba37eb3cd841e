using AspireK8sDeployer.Client;
using AspireK8sDeployer.EndToEnd.Support;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;
using k8s;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(ClusterUnderTest))]
// Tests wait for the cluster most of the time.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 6)]

namespace AspireK8sDeployer.EndToEnd.Support;

/// <summary>
/// The cluster that the suite runs on: the one that <c>K8SD_TEST_KUBECONFIG</c> names, with images pushed to
/// <c>K8SD_TEST_REGISTRY</c> on top of <c>K8SD_TEST_BASE_IMAGE</c>; else an embedded one of its own.
/// </summary>
public sealed class ClusterUnderTest : IAsyncLifetime
{
    private readonly SemaphoreSlim _building = new(1);
    private EmbeddedCluster.EmbeddedCluster? _embedded;
    private string? _greeterImage;

    /// <summary>The kubeconfig that reaches the cluster.</summary>
    public string Kubeconfig { get; private set; } = "";

    /// <summary>Whether the cluster is the embedded one, started by this run.</summary>
    public bool IsEmbedded => _embedded is not null;

    internal RegistryCredentials? PullCredentials { get; private set; }

    /// <summary>Where images go; null when the cluster has no place for them.</summary>
    internal string? Registry { get; private set; }

    /// <summary>What images are built on.</summary>
    internal string? BaseImage { get; private set; }

    internal Kubectl Kubectl => new(Kubeconfig);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("K8SD_TEST_KUBECONFIG") is { Length: > 0 } kubeconfig)
        {
            Kubeconfig = kubeconfig;
            Registry = Environment.GetEnvironmentVariable("K8SD_TEST_REGISTRY");
            BaseImage = Environment.GetEnvironmentVariable("K8SD_TEST_BASE_IMAGE");
            return;
        }

        _embedded = await EmbeddedCluster.EmbeddedCluster.StartAsync();
        Kubeconfig = _embedded.KubeconfigPath;
        Registry = _embedded.RegistryHost;
        BaseImage = _embedded.BaseImage;
        PullCredentials = new RegistryCredentials(_embedded.RegistryHost, _embedded.RegistryUser, _embedded.RegistryPassword);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _building.Dispose();
        if (_embedded is not null)
        {
            await _embedded.DisposeAsync();
        }
    }

    internal DeploymentEngine Connect(DeploymentEngineOptions? options = null) => Connect(Kubeconfig, options);

    internal static DeploymentEngine Connect(string kubeconfig, DeploymentEngineOptions? options = null) =>
        DeploymentEngine.Connect(new ClusterConnection { KubeconfigPath = kubeconfig }, options);

    internal IKubernetes ConnectAsUser() => new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(Kubeconfig));

    internal TestNamespace NewNamespace() => new(this, $"k8sd-e2e-{Guid.NewGuid().ToString("N")[..8]}");

    /// <summary>The greeter of the playground as settings for this cluster; built and pushed on first use.</summary>
    internal async Task<DeploymentSettings> GreeterAsync(string @namespace, CancellationToken cancellationToken) => new()
    {
        Name = "greeter",
        Namespace = @namespace,
        Application = "end-to-end",
        Image = await GreeterImageAsync(cancellationToken),
        PullCredentials = PullCredentials,
        Resources = new ResourceSettings { Cpu = 0.1, Memory = "256MiB" },
        Service = new ServiceSettings { Type = ServiceType.NodePort },
        DeployTimeout = TimeSpan.FromMinutes(3),
    };

    /// <summary>Where the deployed pipeline answers; the test is skipped on a cluster that cannot be reached there.</summary>
    internal Uri Reachable(DeploymentResult result)
    {
        var problem = $"{result.Endpoint.Url} ({result.Endpoint.Source}) of the cluster cannot be reached from here";
        Assert.SkipUnless(result.Endpoint.Verified || IsEmbedded, problem);
        Assert.True(result.Endpoint.Verified, problem);
        return result.Endpoint.Url;
    }

    internal void SkipWithoutImages() =>
        Assert.SkipWhen(Registry is null || BaseImage is null, "K8SD_TEST_REGISTRY and K8SD_TEST_BASE_IMAGE name no place for an image");

    /// <summary>A kubeconfig for this cluster, of a user that has no rights in it.</summary>
    internal async Task<string> KubeconfigOfNobodyAsync(TestNamespace place, CancellationToken cancellationToken)
    {
        await Kubectl.RunAsync($"create namespace {place.Name}", cancellationToken);
        await Kubectl.RunAsync($"create serviceaccount nobody -n {place.Name}", cancellationToken);
        var token = (await Kubectl.RunAsync($"create token nobody -n {place.Name}", cancellationToken)).Trim();
        var path = place.KubeconfigFile;
        File.Copy(Kubeconfig, path, overwrite: true);
        var user = new Kubectl(path);
        await user.RunAsync($"config set-credentials nobody --token={token}", cancellationToken);
        await user.RunAsync("config set-context --current --user=nobody", cancellationToken);
        return path;
    }

    internal static async Task<string> GreetAsync(HttpClient http, string name, CancellationToken cancellationToken)
    {
        var response = await new PipelineClient(http).InvokeAsync(new InvokeRequest { Parameters = new() { ["name"] = name } }, cancellationToken);
        Assert.True(response.Success, response.Error);
        return response.Outputs?.ToString() ?? "";
    }

    private async Task<string> GreeterImageAsync(CancellationToken cancellationToken)
    {
        SkipWithoutImages();
        await _building.WaitAsync(cancellationToken);
        try
        {
            return _greeterImage ??= await PushGreeterAsync(cancellationToken);
        }
        finally
        {
            _building.Release();
        }
    }

    private async Task<string> PushGreeterAsync(CancellationToken cancellationToken)
    {
        var output = Path.Combine(Path.GetTempPath(), $"k8sd-e2e-{Guid.NewGuid():N}");
        try
        {
            var result = await RunningProcess.RunAsync(
                "dotnet",
                [
                    "publish", "playground/Greeter.Pipeline", "-t:PublishContainer", "-getProperty:GeneratedContainerDigest", $"-p:ArtifactsPath={output}",
                    $"-p:ContainerRegistry={Registry}", "-p:ContainerRepository=end-to-end/greeter", "-p:ContainerImageTag=test",
                    $"-p:ContainerBaseImage={BaseImage}",
                ],
                TimeSpan.FromMinutes(5),
                cancellationToken,
                new Dictionary<string, string?>
                {
                    // The greeter needs no Aspire, so nobody has to find out where it comes from.
                    ["AspireSource"] = "standin",
                    ["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = Registry,
                    ["DOTNET_CONTAINER_REGISTRY_UNAME"] = PullCredentials?.User,
                    ["DOTNET_CONTAINER_REGISTRY_PWORD"] = PullCredentials?.Password,
                });
            // By digest: a node that has pulled the tag before would not look again.
            return $"{Registry}/end-to-end/greeter@{result.ShouldSucceed().Output.Trim()}";
        }
        finally
        {
            if (Directory.Exists(output))
            {
                Directory.Delete(output, recursive: true);
            }
        }
    }
}
