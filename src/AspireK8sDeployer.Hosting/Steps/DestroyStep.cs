using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Settings;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Removes everything that a deployer deployed, now or before its AppHost was changed, after a question, and stops its cluster when nothing else is in it.</summary>
internal static partial class DestroyStep
{
    private const string NotAsked = "K8SD808";
    private const string NotRemoved = "K8SD810";

    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer)
    {
        var options = step.Services.GetRequiredService<IOptions<PipelineOptions>>().Value;
        ThrowUnlessAskedFor(options);
        var session = step.Services.GetRequiredService<DeploySession>();
        var (settings, cluster) = await session.TargetAsync(step, deployer, SettingsUse.Destroy).ConfigureAwait(false);
        var orphans = await Orphans.FindAsync(step, deployer, settings, cluster).ConfigureAwait(false);
        if (!orphans.SearchedAll)
        {
            LogNotSearched(step.Logger, ClusterStep.NamespacesOf(settings));
        }

        // Only somebody who reads the question can tell whether those far away are this AppHost's.
        if (options.SkipConfirmation)
        {
            orphans = Leave(step.Logger, orphans);
        }

        if (!await Confirmation.AskAsync(step, QuestionOf(deployer, settings, orphans)).ConfigureAwait(false))
        {
            throw new OperationCanceledException("Nothing was removed.");
        }

        await DeleteAsync(step, cluster, [.. settings.Deployments.Select(deployment => deployment.Settings.Identity), .. orphans.Near, .. orphans.Far])
            .ConfigureAwait(false);
        if (cluster.Provider is { } provider && await provider.StopIfEmptyAsync(step.Logger, step.CancellationToken).ConfigureAwait(false))
        {
            LogStopped(step.Logger, provider.Description);
        }
    }

    private static Orphans Leave(ILogger logger, Orphans orphans)
    {
        foreach (var orphan in orphans.Far)
        {
            LogLeft(logger, orphan.Namespace, orphan.Name);
        }

        return orphans with { Far = [] };
    }

    // One that cannot be removed keeps none of the others.
    private static async Task DeleteAsync(PipelineStepContext step, TargetCluster cluster, List<DeploymentIdentity> deployments)
    {
        var failures = new List<DeploymentException>();
        foreach (var deployment in deployments)
        {
            try
            {
                await DeleteAsync(step, cluster, deployment, IsLastOfNamespace(deployments, deployment)).ConfigureAwait(false);
            }
            catch (DeploymentException failure)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            throw failures is [var only] ? only : Several(failures);
        }
    }

    private static async Task DeleteAsync(PipelineStepContext step, TargetCluster cluster, DeploymentIdentity deployment, bool isLastOfNamespace)
    {
        using var progress = StepProgress.Of(step);
        var result = await cluster.Engine
            .DeleteAsync(deployment, new DeletionOptions { DeleteData = DeletesData(step, deployment) }, progress, step.CancellationToken)
            .ConfigureAwait(false);

        // Before the last one is gone, that the namespace is still in use is no news.
        foreach (var warning in result.Warnings.Where(warning => isLastOfNamespace || !warning.StartsWith("Namespace/", StringComparison.Ordinal)))
        {
            LogWarning(step.Logger, deployment.Name, warning);
        }

        var what = result.Plan.HasChanges ? DeploymentReport.Changes(result.Plan) : "nothing was deployed";
        LogDeleted(step.Logger, deployment.Name, what, cluster.Engine.Server);
        step.Summary.Add(deployment.Name, what);
    }

    // For all that is destroyed, or for one deployment.
    private static bool DeletesData(PipelineStepContext step, DeploymentIdentity deployment)
    {
        var configuration = step.Services.GetRequiredService<IConfiguration>();
        var text = configuration[$"{DeployerKeys.SectionOf(deployment.Name)}:Destroy:DeleteData"] ?? configuration["Destroy:DeleteData"];
        return bool.TryParse(text, out var deletes) && deletes;
    }

    private static bool IsLastOfNamespace(List<DeploymentIdentity> deployments, DeploymentIdentity deployment) =>
        ReferenceEquals(deployments.Last(other => other.Namespace == deployment.Namespace), deployment);

    private static DeploymentException Several(List<DeploymentException> failures) => new(
        NotRemoved, "delete", $"{failures.Count} deployments were not removed:{string.Concat(failures.Select(failure => $"\n{failure.Message}"))}",
        "mend this, and destroy again; what is gone stays gone");

    // Without a step, Aspire runs every one there is, this one beside the deploy.
    private static void ThrowUnlessAskedFor(PipelineOptions options)
    {
        if (string.IsNullOrEmpty(options.Step))
        {
            throw new DeploymentException(
                NotAsked, "delete", "No step was named, which would run every step, and so also remove what is deployed",
                "name the step: --step deploy, --step publish or --step destroy");
        }
    }

    internal static string QuestionOf(KubernetesDeployerResource deployer, DeployerSettings settings, Orphans orphans)
    {
        var names = string.Join(", ",
        [
            .. settings.Deployments.Select(deployment => $"{deployment.Settings.Namespace}/{deployment.Settings.Name}"),
            .. orphans.Near.Select(orphan => $"{orphan.Namespace}/{orphan.Name} (no longer declared)"),
            .. orphans.Far.Select(orphan => $"{orphan.Namespace}/{orphan.Name} (no longer declared, in a namespace that is no longer used)"),
        ]);
        var where = settings.Cluster switch
        {
            { InCluster: true } => "the cluster that this process runs in",
            { Server: { } server } => $"the cluster at {server}",
            { Context: { } context } => $"the cluster of context \"{context}\"",
            { KubeconfigPath: { } path } => $"the cluster of {path}",
            _ => deployer.Annotations.OfType<ClusterProviderAnnotation>().Last().Provider.Description,
        };
        return $"Remove {(names.Length == 0 ? "everything" : names)} from {where}?";
    }

    [LoggerMessage(LogLevel.Information, "{Deployment}: {What} ({Server})")]
    private static partial void LogDeleted(ILogger logger, string deployment, string what, string server);

    [LoggerMessage(LogLevel.Warning, "{Deployment}: {Warning}")]
    private static partial void LogWarning(ILogger logger, string deployment, string warning);

    [LoggerMessage(LogLevel.Information, "What is no longer declared was looked for in {Namespaces} only: this user may not list the Secrets of all namespaces")]
    private static partial void LogNotSearched(ILogger logger, string namespaces);

    [LoggerMessage(LogLevel.Warning, "{Namespace}/{Name} is left: an AppHost of this name deployed it to a namespace that this one does not use; destroy removes it when it is answered on the terminal, without Pipeline__SkipConfirmation or --yes")]
    private static partial void LogLeft(ILogger logger, string @namespace, string name);

    [LoggerMessage(LogLevel.Information, "{Description}: stopped")]
    private static partial void LogStopped(ILogger logger, string description);
}
