using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Hosting.Output;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Says which cluster it all went to, and what one would type to see it there or remove it. What was deployed, each deployment has said.</summary>
internal static partial class SummaryStep
{
    private const int KeyWidth = 7;

    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer)
    {
        var session = step.Services.GetRequiredService<DeploySession>();
        var (settings, cluster) = await session.TargetAsync(step, deployer, SettingsUse.Deploy).ConfigureAwait(false);
        if (settings.Deployments.Count == 0)
        {
            return;
        }

        var configuration = step.Services.GetRequiredService<IConfiguration>();
        var lines = new List<(string Key, string Value)> { ("cluster", $"{cluster.Engine.Server}, {ClusterStep.NamespacesOf(settings)}") };
        lines.AddRange(settings.Deployments.Select(deployment => deployment.Settings.Namespace).Distinct()
            .Select(@namespace => ("see", $"{cluster.Kubectl} --namespace {@namespace} get deployments,pods,services")));
        lines.Add(("remove", AppHostCommand.ToDestroy(configuration)));

        // Only here: the steps of the deployments run at the same time, and Aspire's summary is not made for that.
        foreach (var deployment in settings.Deployments)
        {
            step.Summary.Add(deployment.Resource.Name, session.ResultOf(deployment.Resource).Endpoint.Url.ToString());
        }

        foreach (var (key, value) in lines)
        {
            step.Summary.Add(key, value);
        }

        // Aspire shows its summary only through its own CLI; otherwise the log has to.
        if (!PlainConsole.HasCli(configuration))
        {
            LogSummary(step.Logger, string.Join('\n', lines.Select(line => $"{line.Key,-KeyWidth}  {line.Value}")));
        }
    }

    [LoggerMessage(LogLevel.Information, "{Lines}")]
    private static partial void LogSummary(ILogger logger, string lines);
}
