using Aspire.Hosting.ApplicationModel;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Model;
using Microsoft.Extensions.Configuration;

namespace AspireK8sDeployer.Hosting.Settings;

/// <summary>
/// Sections of configuration whose name is nearly that of a deployment or a deployer. Other unknown names are left alone: an
/// AppHost may add its resources on condition, and keep the settings of those that it leaves out.
/// </summary>
internal static class MistypedSections
{
    public static IEnumerable<SettingsError> Among(IConfiguration configuration, DistributedApplicationModel model)
    {
        var deployments = model.Resources.Where(DeployerBinding.IsPipelineDeployment).Select(resource => resource.Name);
        var deployers = model.Resources.OfType<KubernetesDeployerResource>().Select(resource => resource.Name);
        return
        [
            .. Below(configuration.GetSection(DeployerKeys.Deployments), [.. deployments], "pipeline deployment"),
            .. Below(configuration.GetSection(DeployerKeys.Deployers), [.. deployers], "deployer"),
        ];
    }

    private static IEnumerable<SettingsError> Below(IConfigurationSection section, List<string> known, string kind) =>
        from child in section.GetChildren()
        where !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)
        let nearest = NearestName.To(child.Key, known)
        where nearest is not null
        select new SettingsError(child.Path, $"is no {kind} of the AppHost", $"use {section.Path}:{nearest}, if that is what is meant, or remove it");
}
