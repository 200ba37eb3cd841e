using AspireK8sDeployer.Client;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Delete;
using AspireK8sDeployer.Engine.Describe;
using AspireK8sDeployer.Engine.Invoke;
using AspireK8sDeployer.Engine.Logs;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Preflight;
using AspireK8sDeployer.Engine.Publish;
using AspireK8sDeployer.Engine.Rbac;
using AspireK8sDeployer.Engine.Releases;
using AspireK8sDeployer.Engine.Render;
using AspireK8sDeployer.Engine.Rollback;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Engine.Wait;

namespace AspireK8sDeployer.Engine;

/// <summary>Takes settings to a running, reachable pipeline; the steps are the folders of this project.</summary>
/// <remarks>
/// Safe to use from several threads, for several deployments at once. Every failure is a
/// <see cref="DeploymentException"/>; a caller's cancellation stays an <see cref="OperationCanceledException"/>.
/// </remarks>
/// <example>
/// <code>
/// using var engine = DeploymentEngine.Connect(new ClusterConnection { Context = "prod" });
/// var result = await engine.DeployAsync(settings, progress: null, cancellationToken);
/// Console.WriteLine(result.Endpoint.Url);
/// </code>
/// </example>
public sealed class DeploymentEngine : IDisposable
{
    private readonly ApiClient _client;
    private readonly ClusterObjects _cluster;
    private readonly RolloutStreams _streams;
    private readonly DeploymentEngineOptions _options;

    internal DeploymentEngine(Func<IClusterTransport> open, DeploymentEngineOptions options)
        : this(open, new WriteGate(WriteGate.MostOfProcess), options)
    {
    }

    private DeploymentEngine(Func<IClusterTransport> open, WriteGate writes, DeploymentEngineOptions options)
    {
        _options = options;
        _client = new ApiClient(new ApiConnection(open, options.TimeProvider, writes), new ApiScope());
        _cluster = new ClusterObjects(_client);
        _streams = new RolloutStreams(_cluster);
    }

    /// <summary>The cluster's address, as plan and summary name it.</summary>
    /// <exception cref="DeploymentException">The kubeconfig or its context cannot be used.</exception>
    public string Server => _client.Server.ToString();

    /// <summary>Prepares an engine for a cluster; nothing is read or called before the first use.</summary>
    /// <param name="connection">Where the cluster is.</param>
    /// <param name="options">Knobs of the engine itself.</param>
    public static DeploymentEngine Connect(ClusterConnection connection, DeploymentEngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new DeploymentEngine(() => KubeconfigTransport.Open(connection), WriteGate.OfProcess, options ?? new DeploymentEngineOptions());
    }

    /// <summary>Every mistake in the settings, all at once; empty when there is none.</summary>
    /// <param name="settings">The settings to check.</param>
    public static IReadOnlyList<SettingsError> Validate(DeploymentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return SettingsValidator.Validate(settings);
    }

    /// <summary>The objects of the deployment, for publishing: secret values are placeholders.</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="DeploymentException">The settings have mistakes.</exception>
    public static RenderedManifest Render(DeploymentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        SettingsValidator.ThrowIfInvalid(settings);
        return ManifestRenderer.Render(settings, new PublishedSecrets());
    }

    /// <summary>The deployment as files for <c>kubectl apply --server-side -k</c>; needs no cluster, no image and no secret value.</summary>
    /// <param name="settings">The settings; the values of their secrets are not used.</param>
    /// <param name="options">What only the caller knows.</param>
    /// <exception cref="DeploymentException">The settings have mistakes.</exception>
    public static PublishedDeployment Publish(DeploymentSettings settings, PublishOptions options)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        SettingsValidator.ThrowIfInvalid(settings);
        return Publisher.Publish(settings, options);
    }

    /// <summary>The roles with exactly the rights that these deployments need of who deploys them, and their bindings.</summary>
    /// <param name="name">The name of the roles and bindings.</param>
    /// <param name="deployments">The settings, free of mistakes.</param>
    /// <param name="subject">Who is to have the rights; a placeholder when absent.</param>
    /// <returns>The objects, which an administrator applies; the namespaces are among them.</returns>
    /// <exception cref="DeploymentException">The settings have mistakes.</exception>
    public static RenderedManifest RenderRights(string name, IReadOnlyList<DeploymentSettings> deployments, RbacSubject? subject = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(deployments);
        foreach (var settings in deployments)
        {
            SettingsValidator.ThrowIfInvalid(settings);
        }

        return RbacManifest.Render(name, deployments.SelectMany(settings => RequiredPermissions.Of(settings)), subject ?? RbacSubject.ReplaceMe);
    }

    /// <summary>
    /// Checks that the cluster is there, knows the user, lets it do all that these deployments need, and has what they
    /// refer to.
    /// </summary>
    /// <param name="deployments">The settings, free of mistakes; the image may be one that is still to be built.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What does not stop a deploy, but should be known.</returns>
    /// <exception cref="DeploymentException">Something would stop it; the message names everything that would.</exception>
    public Task<PreflightReport> CheckAsync(IReadOnlyList<DeploymentSettings> deployments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deployments);
        foreach (var settings in deployments)
        {
            SettingsValidator.ThrowIfInvalid(settings);
        }

        return GuardAsync("preflight", () => new PreflightCheck(_cluster).CheckAsync(deployments, cancellationToken));
    }

    /// <summary>What <see cref="DeployAsync(DeploymentSettings, IProgress{DeploymentProgress}?, CancellationToken)"/> would do; writes nothing.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DeploymentException">The settings have mistakes, or the plan cannot be carried out.</exception>
    public async Task<DeploymentPlan> PlanAsync(DeploymentSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        SettingsValidator.ThrowIfInvalid(settings);
        var cluster = _cluster.ForItself();
        var plan = await GuardAsync("plan", () => new Planner(cluster, PlanPolicy.Of(_options)).PlanAsync(settings, cancellationToken)).ConfigureAwait(false);
        return plan.Public with { Warnings = [.. plan.Public.Warnings, .. cluster.ServerWarnings] };
    }

    /// <summary>Plans, applies, waits until the pipeline answers, and says where. Writes nothing when nothing changes.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="progress">Hears what happens.</param>
    /// <param name="cancellationToken">
    /// Stops it: nothing new is written, what is under way comes to its end, the lock is given back, and the progress hears
    /// what was done. What is applied stays; the next deploy goes on from there.
    /// </param>
    /// <exception cref="DeploymentException">It failed; the message says where, why, and what to do.</exception>
    public Task<DeploymentResult> DeployAsync(DeploymentSettings settings, IProgress<DeploymentProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        SettingsValidator.ThrowIfInvalid(settings);
        return DeployAsync(settings, reviewed: null, Reporter(settings.Name, progress), cancellationToken);
    }

    /// <summary>Deploys exactly what was reviewed: changes that the plan does not have end it before they are made.</summary>
    /// <param name="settings">The settings, as the plan was made of them.</param>
    /// <param name="reviewed">A plan of <see cref="PlanAsync"/> of this process, which somebody has agreed to.</param>
    /// <param name="progress">Hears what happens.</param>
    /// <param name="cancellationToken">Stops it. What is applied stays; the next deploy goes on from there.</param>
    /// <exception cref="DeploymentException">It failed; with the code K8SD307 because the cluster has changed since.</exception>
    public Task<DeploymentResult> DeployAsync(
        DeploymentSettings settings, DeploymentPlan reviewed, IProgress<DeploymentProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(reviewed);
        SettingsValidator.ThrowIfInvalid(settings);
        return DeployAsync(settings, reviewed, Reporter(settings.Name, progress), cancellationToken);
    }

    /// <summary>What an application has deployed to a namespace and not removed, in the order of the names.</summary>
    /// <param name="namespace">The namespace.</param>
    /// <param name="application">The application (AppHost).</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DeploymentException">The cluster cannot be asked.</exception>
    public Task<IReadOnlyList<DeploymentIdentity>> ListAsync(string @namespace, string application, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(@namespace);
        ArgumentException.ThrowIfNullOrEmpty(application);
        return GuardAsync("list", () => new DeploymentLister(_cluster).ListAsync(@namespace, application, cancellationToken));
    }

    /// <summary>What an application has deployed to any namespace and not removed, in the order of namespaces and names.</summary>
    /// <param name="application">The application (AppHost). Another user's may have the same name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The deployments; null when the user may not list the Secrets of all namespaces.</returns>
    /// <exception cref="DeploymentException">The cluster cannot be asked.</exception>
    public Task<IReadOnlyList<DeploymentIdentity>?> ListEverywhereAsync(string application, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(application);
        return GuardAsync("list", () => new DeploymentLister(_cluster).ListEverywhereAsync(application, cancellationToken));
    }

    /// <summary>Brings an earlier revision back, as a deploy of what it recorded: planned, applied, waited for, and itself recorded.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="revision">The revision; null for the last that succeeded before the present one.</param>
    /// <param name="progress">Hears what happens.</param>
    /// <param name="cancellationToken">Stops it. The same call goes on from there.</param>
    /// <exception cref="DeploymentException">There is no such revision, a Secret that it needs is gone, or it failed as a deploy may.</exception>
    public Task<DeploymentResult> RollBackAsync(
        DeploymentIdentity deployment, int? revision, IProgress<DeploymentProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        var report = Reporter(deployment.Name, progress);
        return WriteAsync("rollback", report, async cluster =>
        {
            var result = await new RollBacker(cluster, _streams, _options, report).RollBackAsync(deployment, revision, cancellationToken).ConfigureAwait(false);
            return result with { Warnings = [.. result.Warnings, .. cluster.ServerWarnings] };
        });
    }

    /// <summary>What the cluster remembers of the deploys of a deployment, the newest first.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DeploymentException">The cluster cannot be asked.</exception>
    public Task<IReadOnlyList<ReleaseInfo>> HistoryAsync(DeploymentIdentity deployment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        return GuardAsync<IReadOnlyList<ReleaseInfo>>("history", async () =>
            [.. (await new ReleaseReader(_cluster).ReadAsync(deployment, cancellationToken).ConfigureAwait(false)).Select(release => release.Info).Reverse()]);
    }

    /// <summary>How a deployment is doing now.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its state, also when it is not deployed.</returns>
    /// <exception cref="DeploymentException">The cluster cannot be asked.</exception>
    public Task<DeploymentDescription> DescribeAsync(DeploymentIdentity deployment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        return GuardAsync("status", () => new Describer(_cluster).DescribeAsync(deployment, cancellationToken));
    }

    /// <summary>What the containers of a deployment's pods wrote, pod by pod; when followed, as it comes, also from pods that come later.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="options">Which lines.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeploymentException">The cluster cannot be asked, or there are no pods.</exception>
    public IAsyncEnumerable<LogLine> LogsAsync(DeploymentIdentity deployment, LogOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        ArgumentNullException.ThrowIfNull(options);
        return new DeploymentLogs(_cluster).ReadAsync(deployment, options, cancellationToken);
    }

    /// <summary>
    /// Removes all that belongs to the deployment but its data, and its namespace when we made it and nothing else is in it.
    /// </summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="progress">Hears what happens.</param>
    /// <param name="cancellationToken">Stops it. The next delete goes on from there.</param>
    /// <exception cref="DeploymentException">It failed, or the deployment belongs to another application.</exception>
    public Task<DeletionResult> DeleteAsync(DeploymentIdentity deployment, IProgress<DeploymentProgress>? progress, CancellationToken cancellationToken) =>
        DeleteAsync(deployment, new DeletionOptions(), progress, cancellationToken);

    /// <inheritdoc cref="DeleteAsync(DeploymentIdentity, IProgress{DeploymentProgress}?, CancellationToken)"/>
    /// <param name="deployment">The deployment.</param>
    /// <param name="options">What goes with it.</param>
    /// <param name="progress">Hears what happens.</param>
    /// <param name="cancellationToken">Stops it. The next delete goes on from there.</param>
    public Task<DeletionResult> DeleteAsync(
        DeploymentIdentity deployment, DeletionOptions options, IProgress<DeploymentProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        ArgumentNullException.ThrowIfNull(options);
        var report = Reporter(deployment.Name, progress);
        return WriteAsync("delete", report, cluster => new Deleter(cluster, _options.DeleteTimeout, options).DeleteAsync(deployment, report, cancellationToken));
    }

    /// <summary>Invokes the deployed pipeline where it answers.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="request">The parameters.</param>
    /// <param name="cancellationToken">Gives up, which cancels the run.</param>
    /// <returns>The answer, also when the run failed.</returns>
    /// <exception cref="DeploymentException">It is not deployed, cannot be reached, or did not take the request.</exception>
    public Task<InvokeResponse> InvokeAsync(DeploymentIdentity deployment, InvokeRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        ArgumentNullException.ThrowIfNull(request);
        return GuardAsync("invoke", () => new Invoker(_cluster).InvokeAsync(deployment, request, cancellationToken));
    }

    /// <summary>The key that callers of a deployed pipeline must show, for calls made in the user's name; never to be printed.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The key; null when none is asked for, or when the user may not read it.</returns>
    /// <exception cref="DeploymentException">The cluster cannot be asked.</exception>
    public Task<string?> ReadAuthKeyAsync(DeploymentIdentity deployment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        return GuardAsync("invoke", () => new AuthKeyReader(_cluster).ReadAsync(deployment, cancellationToken));
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();

    private static Action<string, string> Reporter(string deployment, IProgress<DeploymentProgress>? progress) =>
        (stage, message) => progress?.Report(new DeploymentProgress(deployment, stage, message));

    private Task<DeploymentResult> DeployAsync(DeploymentSettings settings, DeploymentPlan? reviewed, Action<string, string> report, CancellationToken cancellationToken) =>
        WriteAsync("deploy", report, async cluster =>
        {
            var deployer = new Deployer(cluster, _streams, _options, report) { Reviewed = reviewed };
            var result = await deployer.DeployAsync(settings, cancellationToken).ConfigureAwait(false);
            return result with { Warnings = [.. result.Warnings, .. cluster.ServerWarnings] };
        });

    // What writes has its own count of calls, and says what it has done when it does not come to its end.
    private async Task<T> WriteAsync<T>(string stage, Action<string, string> report, Func<ClusterObjects, Task<T>> work)
    {
        var cluster = _cluster.ForItself();
        try
        {
            return await GuardAsync(stage, () => work(cluster)).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            foreach (var warning in cluster.ServerWarnings)
            {
                report(stage, $"the server warned: {warning}");
            }

            if (failure is OperationCanceledException)
            {
                report(stage, cluster.Written.WhenStopped());
            }

            throw;
        }
    }

    // The one place where a failed call that no stage has explained becomes what the user reads.
    private async Task<T> GuardAsync<T>(string stage, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ApiFailure or ClusterUnreachableException)
        {
            throw ClusterErrors.Explain(failure, stage, _client.Server)!;
        }
    }
}
