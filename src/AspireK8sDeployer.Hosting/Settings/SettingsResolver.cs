using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;
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
        var cluster = await ClusterOfAsync(deployer, use, errors, cancellationToken).ConfigureAwait(false);
        var deployments = new List<ResolvedDeployment>();
        foreach (var resource in DeployerBinding.DeploymentsOf(model, deployer))
        {
            var found = new List<SettingsError>();
            var settings = await DeploymentOfAsync(deployer, resource, use, logger, found, cancellationToken).ConfigureAwait(false);
            deployments.Add(new ResolvedDeployment(resource, settings));

            // A configuration key names its deployment itself.
            errors.AddRange(found.Select(error => error.Setting.Contains(':') ? error : error with { Setting = $"{resource.Name}: {error.Setting}" }));
        }

        var namespaces = deployments.Count > 0
            ? deployments.Select(deployment => deployment.Settings.Namespace).Distinct().ToList()
            : [(await OptionsResolver.ResolveAsync(deployer, errors, cancellationToken).ConfigureAwait(false)).NamespaceOrDefault];
        return errors.Count == 0 ? new DeployerSettings(cluster, deployments, namespaces) : throw Mistakes(deployer, errors);
    }

    private async Task<DeploymentSettings> DeploymentOfAsync(
        KubernetesDeployerResource deployer,
        IResource resource,
        SettingsUse use,
        ILogger logger,
        List<SettingsError> errors,
        CancellationToken cancellationToken)
    {
        var options = await OptionsResolver.ResolveAsync(deployer, resource, errors, cancellationToken).ConfigureAwait(false);

        // Until the image is built, the deployment's name stands for it.
        var settings = options.ToSettings(resource.Name, application, image: resource.Name.ToLowerInvariant());
        if (use == SettingsUse.Destroy)
        {
            return settings;
        }

        var environment = await EnvironmentResolver
            .ResolveAsync(resource, executionContext, readSecrets: use == SettingsUse.Deploy, logger, errors, cancellationToken)
            .ConfigureAwait(false);
        settings = settings with
        {
            Environment = TextsOf(environment, secret: false),
            SecretEnvironment = TextsOf(environment, secret: true),
            ValuesToHide = [.. environment.Values.SelectMany(value => value.Secrets).Distinct()],
        };
        errors.AddRange(DeploymentEngine.Validate(settings));
        return settings;
    }

    // A kubeconfig of the machine alone names no cluster: nobody deploys to a real one by accident.
    private static async Task<ClusterConnection?> ClusterOfAsync(
        KubernetesDeployerResource deployer, SettingsUse use, List<SettingsError> errors, CancellationToken cancellationToken)
    {
        var section = deployer.Configuration.GetSection(DeployerKeys.SectionOf(deployer));
        var context = section[DeployerKeys.Context];
        var kubeconfig = section[DeployerKeys.Kubeconfig];
        if (deployer.TryGetLastAnnotation<KubeContextAnnotation>(out var contextCall))
        {
            context = await ValueReader.ReadAsync(contextCall.Context, "Context", errors, cancellationToken).ConfigureAwait(false);
        }

        if (deployer.TryGetLastAnnotation<KubeconfigAnnotation>(out var kubeconfigCall))
        {
            kubeconfig = await ValueReader.ReadAsync(kubeconfigCall.Path, "Kubeconfig", errors, cancellationToken).ConfigureAwait(false);
        }

        if (context is not null || kubeconfig is not null)
        {
            return new ClusterConnection { KubeconfigPath = kubeconfig, Context = context };
        }

        if (use != SettingsUse.Publish && errors.Count == 0 && !deployer.HasAnnotationOfType<ClusterProviderAnnotation>())
        {
            errors.Add(new SettingsError(
                "Cluster", $"deployer \"{deployer.Name}\" names no cluster (a kubeconfig of this machine alone is never used)",
                $"call .WithEmbeddedCluster(), or .WithKubeContext(\"…\"), or set {DeployerKeys.SectionOf(deployer)}:{DeployerKeys.Context}"));
        }

        return null;
    }

    private static Dictionary<string, string> TextsOf(IReadOnlyDictionary<string, EnvironmentValue> environment, bool secret) =>
        environment.Where(variable => variable.Value.IsSecret == secret).ToDictionary(variable => variable.Key, variable => variable.Value.Text);

    private static DeploymentException Mistakes(KubernetesDeployerResource deployer, List<SettingsError> errors)
    {
        var lines = errors.Distinct().Select(error => $"\n  {error.Setting} {error.Problem}\n    → {error.Fix}");
        return new DeploymentException(
            Code, "settings", $"Deployer \"{deployer.Name}\" has {(errors.Count == 1 ? "a setting that is" : $"{errors.Count} settings that are")} wrong:{string.Concat(lines)}",
            "nothing was built or applied; mend this, and try again");
    }
}
