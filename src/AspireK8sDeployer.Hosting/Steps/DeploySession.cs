using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Images;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.Hosting;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>
/// What the steps of one run know. Each fact is found once, by whichever step asks first, and is the same for all that ask
/// later: steps depend on each other only through the order that Aspire gives them.
/// </summary>
internal sealed class DeploySession(IHostEnvironment environment, DistributedApplicationExecutionContext executionContext) : IDisposable
{
    private readonly SettingsResolver _settingsResolver = new(ApplicationName.Of(environment), executionContext);
    private readonly ConcurrentDictionary<string, Lazy<Task<DeployerSettings>>> _settings = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<TargetCluster>>> _clusters = new();
    private readonly ConcurrentDictionary<string, BuiltImage> _images = new();
    private readonly ConcurrentDictionary<string, DeploymentResult> _results = new();
    private readonly ProjectPublisher _publisher = new(TimeProvider.System);
    private readonly HttpClient _registryHttp = new() { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Builds the images of this run.</summary>
    public ImageBuilder Images => new(_publisher, new ContainerRegistry(_registryHttp));

    /// <summary>The settings of a deployer and all it deploys, read for one use in one run.</summary>
    public Task<DeployerSettings> SettingsAsync(PipelineStepContext step, KubernetesDeployerResource deployer, SettingsUse use) =>
        Once(_settings, $"{deployer.Name}/{use}", () => _settingsResolver.ResolveAsync(step.Model, deployer, use, step.Logger, step.CancellationToken));

    /// <summary>The cluster of a deployer, started if it is one that starts on demand.</summary>
    public Task<TargetCluster> ClusterAsync(PipelineStepContext step, KubernetesDeployerResource deployer, SettingsUse use) =>
        Once(_clusters, deployer.Name, async () =>
        {
            var settings = await SettingsAsync(step, deployer, use).ConfigureAwait(false);
            return await TargetCluster.ConnectAsync(deployer, settings, step.Logger, step.CancellationToken).ConfigureAwait(false);
        });

    /// <summary>The settings of a deployer, and its cluster.</summary>
    public async Task<(DeployerSettings Settings, TargetCluster Cluster)> TargetAsync(PipelineStepContext step, KubernetesDeployerResource deployer, SettingsUse use) =>
        (await SettingsAsync(step, deployer, use).ConfigureAwait(false), await ClusterAsync(step, deployer, use).ConfigureAwait(false));

    public void Add(IResource deployment, BuiltImage image) => _images[deployment.Name] = image;

    public BuiltImage ImageOf(IResource deployment) => _images[deployment.Name];

    public void Add(IResource deployment, DeploymentResult result) => _results[deployment.Name] = result;

    public DeploymentResult ResultOf(IResource deployment) => _results[deployment.Name];

    public void Dispose()
    {
        foreach (var cluster in _clusters.Values.Where(cluster => cluster.IsValueCreated && cluster.Value.IsCompletedSuccessfully))
        {
            cluster.Value.Result.Engine.Dispose();
        }

        _publisher.Dispose();
        _registryHttp.Dispose();
    }

    private static Task<T> Once<T>(ConcurrentDictionary<string, Lazy<Task<T>>> known, string key, Func<Task<T>> find) =>
        known.GetOrAdd(key, _ => new Lazy<Task<T>>(find)).Value;
}
