using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Images;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Deploys one pipeline: the engine plans, applies, waits and finds the endpoint.</summary>
internal static partial class DeployStep
{
    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer, IResource deployment)
    {
        var session = step.Services.GetRequiredService<DeploySession>();
        var (all, cluster) = await session.TargetAsync(step, deployer, SettingsUse.Deploy).ConfigureAwait(false);
        var settings = WithImage(all.Of(deployment).Settings, session.ImageOf(deployment), cluster.Provided?.Registry);

        using var progress = StepProgress.Of(step);
        var result = await cluster.Engine
            .DeployAsync(settings, progress, step.CancellationToken)
            .ConfigureAwait(false);
        session.Add(deployment, result);
        foreach (var warning in DeploymentReport.Unsaid(result))
        {
            LogWarning(step.Logger, deployment.Name, warning);
        }

        // Here, not in the summary: that is not reached when another deployment fails.
        var calledAt = DeploymentReport.CalledAt(result, settings, cluster.AddressesAreReachable);
        var key = settings.AuthKey is null
            ? null
            : CallerKey.Of(settings, cluster.Kubectl, await cluster.Engine.ReadAuthKeyAsync(settings.Identity, step.CancellationToken).ConfigureAwait(false));
        var invocation = calledAt.Verified
            ? await ExampleInvocation.CurlAsync(calledAt, key, step.CancellationToken).ConfigureAwait(false)
            : ExampleInvocation.Curl(calledAt, [], key);
        LogReport(step.Logger, deployment.Name, DeploymentReport.ToText(result, settings, calledAt, cluster.Kubectl, invocation));
    }

    internal static DeploymentSettings WithImage(DeploymentSettings settings, BuiltImage image, ProvidedRegistry? registry) => settings with
    {
        Image = image.Reference,
        Version = image.Version,
        PullCredentials = registry is not null && registry.Host == image.Image.Registry
            ? new RegistryCredentials(registry.Host, registry.User, registry.Password)
            : null,
    };

    [LoggerMessage(LogLevel.Information, "{Deployment}: {Report}")]
    private static partial void LogReport(ILogger logger, string deployment, string report);

    [LoggerMessage(LogLevel.Warning, "{Deployment}: {Warning}")]
    private static partial void LogWarning(ILogger logger, string deployment, string warning);
}
