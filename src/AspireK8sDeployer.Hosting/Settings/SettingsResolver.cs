using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Images;
using AspireK8sDeployer.Hosting.Model;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>Reads everything that a deployer needs to know, and reports all mistakes at once.</summary>
/// <param name="application">The AppHost's name, the owner of what is deployed.</param>
/// <param name="executionContext">How the AppHost runs.</param>
internal sealed class SettingsResolver(string application, DistributedApplicationExecutionContext executionContext)
{
    private const string Code = "K8SD100";

    /// <summary>Reads the settings of the deployer and of all that it deploys.</summary>
    /// <param name="model">The AppHost's resources.</param>
    /// <param name="deployer">The deployer.</param>
    /// <param name="use">What the settings are for.</param>
    /// <param name="logger">Handed to the AppHost's environment callbacks.</param>
    /// <param name="cancellationToken">Ends the wait for a parameter.</param>
    /// <exception cref="DeploymentException">Something is wrong; the message names every mistake.</exception>
    public async Task<DeployerSettings> ResolveAsync(
        DistributedApplicationModel model, KubernetesDeployerResource deployer, SettingsUse use, ILogger logger, CancellationToken cancellationToken)
    {
        var errors = new List<SettingsError>();
        var cluster = use == SettingsUse.Publish ? null : await ClusterOfAsync(deployer, errors, cancellationToken).ConfigureAwait(false);
        var deployments = new List<ResolvedDeployment>();
        foreach (var resource in DeployerBinding.DeploymentsOf(model, deployer))
        {
            var found = new List<SettingsError>();
            var settings = await DeploymentOfAsync(deployer, resource, use, logger, found, cancellationToken).ConfigureAwait(false);
            deployments.Add(new ResolvedDeployment(resource, settings));

            // A configuration key names its deployment itself.
            errors.AddRange(found.Select(error => error.Setting.Contains(':') ? error : error with { Setting = $"{resource.Name}: {error.Setting}" }));
        }

        if (use != SettingsUse.Destroy)
        {
            errors.AddRange(MistypedSections.Among(deployer.Configuration, model));
        }

        var namespaces = deployments.Count > 0
            ? deployments.Select(deployment => deployment.Settings.Namespace).Distinct().ToList()
            : [await NamespaceOfAsync(deployer, errors, cancellationToken).ConfigureAwait(false)];
        return errors.Count == 0 ? new DeployerSettings(cluster, deployments, namespaces) : throw Mistakes(deployer, [.. errors.Distinct()]);
    }

    private async Task<DeploymentSettings> DeploymentOfAsync(
        KubernetesDeployerResource deployer,
        IResource resource,
        SettingsUse use,
        ILogger logger,
        List<SettingsError> errors,
        CancellationToken cancellationToken)
    {
        var options = OptionsResolver.Gather(deployer, resource, errors);
        var reader = new SettingValueReader(errors, readSecrets: use == SettingsUse.Deploy);
        if (use == SettingsUse.Destroy)
        {
            // Nothing else says where things are.
            await options.ResolveAsync([SettingRows.Namespace], reader, cancellationToken).ConfigureAwait(false);
            return new DeploymentSettings
            {
                Name = resource.Name,
                Namespace = SettingsMapper.NamespaceOf(options),
                Application = application,
                Image = ImageOf(resource),
            };
        }

        await options.ResolveAsync(SettingRows.Deployment, reader, cancellationToken).ConfigureAwait(false);
        var unread = errors.Select(error => error.Setting).ToList();
        MountCheck.Check(resource, errors);
        var arguments = await ArgumentsResolver.ResolveAsync(resource, executionContext, logger, errors, cancellationToken).ConfigureAwait(false);
        var environment = await EnvironmentResolver
            .ResolveAsync(resource, executionContext, readSecrets: use == SettingsUse.Deploy, logger, errors, cancellationToken)
            .ConfigureAwait(false);
        var settings = SettingsMapper.Map(options, resource.Name, application, ImageOf(resource));
        settings = settings with
        {
            ImageIsOurs = ImageSource.IsOurs(resource),
            Command = options.Command is null ? arguments.Command : settings.Command,
            Args = options.Args is null ? arguments.Args : settings.Args,
            AdditionalResources = AdditionalResourceFiles.Read(options, deployer.AppHostDirectory, errors),
            Environment = TextsOf(environment, secret: false),
            SecretEnvironment = TextsOf(environment, secret: true),
            ValuesToHide = [.. environment.Values.SelectMany(value => value.Secrets).Concat(settings.AuthKey?.Value is { Length: > 0 } key ? [key] : []).Distinct()],
        };

        // What could not be read is not there, and would be missed by the rules of what stands beside it.
        errors.AddRange(DeploymentEngine.Validate(settings).Where(error => !unread.Exists(setting => IsBeside(setting, error.Setting))));
        return settings;
    }

    private static async Task<string> NamespaceOfAsync(KubernetesDeployerResource deployer, List<SettingsError> errors, CancellationToken cancellationToken)
    {
        var options = OptionsResolver.Gather(deployer, errors);
        await options.ResolveAsync([SettingRows.Namespace], new SettingValueReader(errors), cancellationToken).ConfigureAwait(false);
        return SettingsMapper.NamespaceOf(options);
    }

    private static async Task<ClusterConnection?> ClusterOfAsync(
        KubernetesDeployerResource deployer, List<SettingsError> errors, CancellationToken cancellationToken)
    {
        var cluster = await new ClusterReader(deployer, new SettingValueReader(errors), errors).ReadAsync(cancellationToken).ConfigureAwait(false);
        EngineOptionsReader.Read(deployer, new DeploymentEngineOptions(), errors);
        if (cluster is null && errors.Count == 0 && !deployer.HasAnnotationOfType<ClusterProviderAnnotation>())
        {
            errors.Add(new SettingsError(
                "Cluster", $"deployer \"{deployer.Name}\" names no cluster (a kubeconfig of this machine alone is never used)",
                $"call .WithEmbeddedCluster(), or .WithKubeContext(\"…\"), or set {DeployerKeys.SectionOf(deployer)}:{DeployerKeys.Context}"));
        }

        return cluster;
    }

    // Until it is built, the deployment's name stands for an image.
    private static string ImageOf(IResource resource) => ImageSource.GivenTo(resource) ?? resource.Name.ToLowerInvariant();

    private static bool IsBeside(string setting, string other)
    {
        var group = setting.Split('.', '[')[0];
        return other == group || other.StartsWith($"{group}.", StringComparison.Ordinal);
    }

    private static Dictionary<string, string> TextsOf(IReadOnlyDictionary<string, EnvironmentValue> environment, bool secret) =>
        environment.Where(variable => variable.Value.IsSecret == secret).ToDictionary(variable => variable.Key, variable => variable.Value.Text);

    private static DeploymentException Mistakes(KubernetesDeployerResource deployer, List<SettingsError> errors)
    {
        var lines = errors.Select(error => $"\n  {error.Setting} {error.Problem}\n    → {error.Fix}");
        return new DeploymentException(
            Code, "settings", $"Deployer \"{deployer.Name}\" has {(errors.Count == 1 ? "a setting that is" : $"{errors.Count} settings that are")} wrong:{string.Concat(lines)}",
            "nothing was built or applied; mend this, and try again");
    }
}
