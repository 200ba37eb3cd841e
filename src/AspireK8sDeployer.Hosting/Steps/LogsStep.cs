using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine.Logs;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Shows what the pods of a deployment wrote.</summary>
internal static partial class LogsStep
{
    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer, IResource deployment)
    {
        var input = StepInput.Of(step, deployment, "Logs");
        var options = new LogOptions
        {
            Follow = input.Value<bool>("Follow", "true") ?? false,
            Previous = input.Value<bool>("Previous", "true") ?? false,
            Tail = input.Value<int>("Tail", "100"),
            Since = input.Value<TimeSpan>("Since", "10m"),
        };
        var session = step.Services.GetRequiredService<DeploySession>();
        var (settings, cluster) = await session.TargetAsync(step, deployer, SettingsUse.Destroy).ConfigureAwait(false);
        await foreach (var line in cluster.Engine.LogsAsync(settings.Of(deployment).Settings.Identity, options, step.CancellationToken).ConfigureAwait(false))
        {
            LogLine(step.Logger, line.Pod, line.Container, line.Text);
        }
    }

    [LoggerMessage(LogLevel.Information, "[{Pod}/{Container}] {Text}")]
    private static partial void LogLine(ILogger logger, string pod, string container, string text);
}
