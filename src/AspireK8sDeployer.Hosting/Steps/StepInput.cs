using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>What a step that is asked for by name is told by configuration, for example <c>-- --PipelineDeployments:greeter:Logs:Follow=true</c>.</summary>
/// <param name="configuration">The section.</param>
internal sealed class StepInput(IConfigurationSection configuration)
{
    private const string Unreadable = "K8SD815";
    private const string NotAsked = "K8SD816";

    /// <summary>The input of a step of a deployment.</summary>
    /// <exception cref="DeploymentException">The step was not asked for by name.</exception>
    public static StepInput Of(PipelineStepContext step, IResource deployment, string section) =>
        Of(step, $"{DeployerKeys.SectionOf(deployment.Name)}:{section}");

    /// <summary>The input of a step of a deployer.</summary>
    /// <exception cref="DeploymentException">The step was not asked for by name.</exception>
    public static StepInput Of(PipelineStepContext step, KubernetesDeployerResource deployer, string section) =>
        Of(step, $"{DeployerKeys.SectionOf(deployer)}:{section}");

    public string? Text(string key) => configuration[key];

    /// <summary>A value; null when there is none.</summary>
    /// <exception cref="DeploymentException">It cannot be read.</exception>
    public T? Value<T>(string key, string example)
        where T : struct
    {
        if (configuration[key] is not { Length: > 0 } text)
        {
            return null;
        }

        return SettingText.TryParse<T>(text, out var value)
            ? value
            : throw new DeploymentException(Unreadable, "settings", $"{configuration.Path}:{key} is '{text}', which cannot be read", $"write it as -- --{configuration.Path}:{key}={example}");
    }

    // Without a step, Aspire runs every one there is: a roll back beside the deploy.
    private static StepInput Of(PipelineStepContext step, string section) =>
        string.IsNullOrEmpty(step.Services.GetRequiredService<IOptions<PipelineOptions>>().Value.Step)
            ? throw new DeploymentException(
                NotAsked, "settings", "No step was named, which would run every step, and so also those that are meant for a running deployment",
                "name the step: --step deploy, --step publish or --step destroy")
            : new StepInput(step.Services.GetRequiredService<IConfiguration>().GetSection(section));
}
