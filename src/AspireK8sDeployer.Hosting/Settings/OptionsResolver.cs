using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Model;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>
/// Gathers a deployment's settings from where they can be given. Later sources win: the deployer's configuration, the
/// deployer's calls, the deployment's configuration, the deployment's calls.
/// </summary>
internal static class OptionsResolver
{
    /// <summary>Gathers the settings, and adds what cannot be read to <paramref name="errors"/>.</summary>
    public static async Task<DeploymentOptions> ResolveAsync(
        KubernetesDeployerResource deployer, IResource deployment, ICollection<SettingsError> errors, CancellationToken cancellationToken)
    {
        var options = await ResolveAsync(deployer, errors, cancellationToken).ConfigureAwait(false);
        ReadSection(deployer.Configuration.GetSection(DeployerKeys.SectionOf(deployment.Name)), SettingRows.DeploymentSections, options, errors);
        await ReadCallsAsync(deployment, options, errors, cancellationToken).ConfigureAwait(false);
        return options;
    }

    /// <summary>Gathers what holds for all that a deployer deploys.</summary>
    public static async Task<DeploymentOptions> ResolveAsync(
        KubernetesDeployerResource deployer, ICollection<SettingsError> errors, CancellationToken cancellationToken)
    {
        var options = new DeploymentOptions();
        var section = deployer.Configuration.GetSection(DeployerKeys.SectionOf(deployer));
        options.Namespace = section[DeployerKeys.Namespace];
        ReadSection(section, SettingRows.Deployer, options, errors);
        await ReadCallsAsync(deployer, options, errors, cancellationToken).ConfigureAwait(false);
        return options;
    }

    private static void ReadSection(
        IConfigurationSection section, IReadOnlyList<string> otherKeys, DeploymentOptions options, ICollection<SettingsError> errors)
    {
        foreach (var child in section.GetChildren().Where(child => !otherKeys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            var row = SettingRows.Deployment.FirstOrDefault(row => row.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (row is null)
            {
                errors.Add(new SettingsError(child.Path, "is not a setting", Suggestion(child.Key, otherKeys)));
            }
            else if (!row.TrySet(options, child))
            {
                errors.Add(new SettingsError(
                    child.Path, child.Value is null ? "has the wrong form" : $"is \"{child.Value}\", which cannot be read", $"give a value like {row.Example}"));
            }
        }
    }

    private static async Task ReadCallsAsync(
        IResource resource, DeploymentOptions options, ICollection<SettingsError> errors, CancellationToken cancellationToken)
    {
        foreach (var annotation in resource.Annotations)
        {
            switch (annotation)
            {
                case DeploymentOptionsAnnotation call:
                    call.Configure(options);
                    break;
                case NamespaceAnnotation call:
                    options.Namespace = await ValueReader.ReadAsync(call.Namespace, $"{resource.Name}: Namespace", errors, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    private static string Suggestion(string key, IReadOnlyList<string> otherKeys)
    {
        var known = SettingRows.Deployment.Select(row => row.Name).Concat(otherKeys.Except(SettingRows.DeploymentSections)).Order(StringComparer.Ordinal).ToList();
        return NearestName.To(key, known) is { } nearest
            ? $"use {nearest}, if that is what is meant, or remove it"
            : $"use one of {string.Join(", ", known)}, or remove it";
    }
}
