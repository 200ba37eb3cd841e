using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Model;
using AspireK8sDeployer.Hosting.Settings.Rows;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>
/// Gathers a deployment's settings from where they can be given. Later sources win: the deployer's configuration, the
/// deployer's calls, the deployment's configuration, the deployment's calls.
/// </summary>
internal static class OptionsResolver
{
    /// <summary>Gathers the settings, and adds what cannot be read to <paramref name="errors"/>. Parameters are not asked yet.</summary>
    public static PipelineDeploymentOptions Gather(KubernetesDeployerResource deployer, IResource deployment, ICollection<SettingsError> errors)
    {
        var options = Gather(deployer, errors);
        var section = deployer.Configuration.GetSection(DeployerKeys.SectionOf(deployment.Name));
        SectionReader.Read(section, SettingRows.DeploymentSections, options, errors);
        ApplyCalls(deployment, options);
        CheckEnabled(section, options, errors);
        return options;
    }

    /// <summary>Gathers what holds for all that a deployer deploys.</summary>
    public static PipelineDeploymentOptions Gather(KubernetesDeployerResource deployer, ICollection<SettingsError> errors)
    {
        var section = deployer.Configuration.GetSection(DeployerKeys.SectionOf(deployer));
        var options = new PipelineDeploymentOptions { Namespace = section[DeployerKeys.Namespace] };
        SectionReader.Read(section, SettingRows.Deployer, options, errors);
        ApplyCalls(deployer, options);
        return options;
    }

    /// <summary>Asks parameters and expressions for the values of these settings; what they fail to give is then not set.</summary>
    public static async Task ResolveAsync(
        this PipelineDeploymentOptions options, IEnumerable<SettingRow> rows, SettingValueReader reader, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            await row.ResolveAsync(options, reader, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void ApplyCalls(IResource resource, PipelineDeploymentOptions options)
    {
        foreach (var call in resource.Annotations.OfType<DeploymentOptionsAnnotation>())
        {
            call.Configure(options);
        }
    }

    // Defaults of a deployer may describe an Ingress that only some deployments have. A deployment's own describes the one it wants.
    private static void CheckEnabled(IConfigurationSection section, PipelineDeploymentOptions options, ICollection<SettingsError> errors)
    {
        if (options.Ingress.Enabled is null
            && section.GetChildren().FirstOrDefault(child => child.Key.StartsWith("Ingress", StringComparison.OrdinalIgnoreCase)) is { } ignored)
        {
            errors.Add(new SettingsError(ignored.Path, "has no effect, since there is no Ingress", $"set {section.Path}:IngressEnabled to true, or call .WithIngress(…)"));
        }
    }
}
