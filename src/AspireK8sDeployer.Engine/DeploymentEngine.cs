using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine;

/// <summary>Takes settings to a running, reachable pipeline; the steps are the folders of this project.</summary>
public sealed class DeploymentEngine : IDisposable
{
    private DeploymentEngine(ClusterConnection connection) => Server = connection.Context ?? "";

    /// <summary>The cluster's address, as plan and summary name it.</summary>
    public string Server { get; }

    /// <summary>Prepares an engine for a cluster; nothing is called before the first use.</summary>
    public static DeploymentEngine Connect(ClusterConnection connection, DeploymentEngineOptions? options = null) => new(connection);

    /// <summary>Every mistake in the settings, all at once; empty when there is none.</summary>
    public static IReadOnlyList<SettingsError> Validate(DeploymentSettings settings) => throw new NotSupportedException();

    /// <summary>The objects of the deployment, for publishing: secret values are placeholders.</summary>
    public static RenderedManifest Render(DeploymentSettings settings) => throw new NotSupportedException();

    /// <summary>Checks that the cluster is there, knows the user, and lets it do all that a deploy needs.</summary>
    public Task CheckAsync(string @namespace, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>What <see cref="DeployAsync"/> would do; writes nothing.</summary>
    public Task<DeploymentPlan> PlanAsync(DeploymentSettings settings, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Plans, applies, waits until the pipeline answers, and says where.</summary>
    public Task<DeploymentResult> DeployAsync(DeploymentSettings settings, IProgress<DeploymentProgress>? progress, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Removes all that belongs to the deployment, and its namespace when we made it and nothing else is in it.</summary>
    public Task<DeletionResult> DeleteAsync(DeploymentIdentity deployment, IProgress<DeploymentProgress>? progress, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
