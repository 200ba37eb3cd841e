using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Hosting.Model;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Reads all settings, so that every mistake shows before anything is built, and finds or starts the cluster.</summary>
internal static partial class ClusterStep
{
    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer)
    {
        var session = step.Services.GetRequiredService<DeploySession>();
        var settings = await session.SettingsAsync(step, deployer, SettingsUse.Deploy).ConfigureAwait(false);
        foreach (var foreign in DeployerBinding.ForeignTo(step.Model, deployer))
        {
            LogForeign(step.Logger, foreign.Name, deployer.Name);
        }

        if (settings.Deployments.Count == 0)
        {
            LogNothing(step.Logger, deployer.Name);
        }

        var cluster = await session.ClusterAsync(step, deployer, SettingsUse.Deploy).ConfigureAwait(false);
        LogTarget(step.Logger, cluster.Provider?.Description ?? "cluster", cluster.Engine.Server, NamespacesOf(settings));
    }

    internal static string NamespacesOf(DeployerSettings settings) => settings.Deployments
        .Select(deployment => deployment.Settings.Namespace).Distinct().ToList() switch
    {
        [] => "no namespace",
        [var single] => $"namespace {single}",
        var several => $"namespaces {string.Join(", ", several)}",
    };

    [LoggerMessage(LogLevel.Information, "Deploying to {Description} at {Server}, {Namespaces}")]
    private static partial void LogTarget(ILogger logger, string description, string server, string namespaces);

    [LoggerMessage(LogLevel.Warning, "{Resource} is not deployed: it is no pipeline deployment, and {Deployer} deploys nothing else")]
    private static partial void LogForeign(ILogger logger, string resource, string deployer);

    [LoggerMessage(LogLevel.Warning, "{Deployer} has nothing to deploy; declare a pipeline with builder.AddPipelineDeployment<Projects.…>(\"name\")")]
    private static partial void LogNothing(ILogger logger, string deployer);
}
