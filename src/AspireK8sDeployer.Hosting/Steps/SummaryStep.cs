using Aspire.Hosting.Pipelines;
using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Hosting.Output;
using AspireK8sDeployer.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>Says what was deployed, where, and what one would type next.</summary>
internal static partial class SummaryStep
{
    public static async Task RunAsync(PipelineStepContext step, KubernetesDeployerResource deployer)
    {
        var session = step.Services.GetRequiredService<DeploySession>();
        var settings = await session.SettingsAsync(step, deployer, SettingsUse.Deploy).ConfigureAwait(false);
        var cluster = await session.ClusterAsync(step, deployer, SettingsUse.Deploy).ConfigureAwait(false);
        if (settings.Deployments.Count == 0)
        {
            return;
        }

        var configuration = step.Services.GetRequiredService<IConfiguration>();
        var lines = new List<SummaryLine> { new("", "cluster", $"{cluster.Engine.Server}, {ClusterStep.NamespacesOf(settings)}") };
        foreach (var deployment in settings.Deployments)
        {
            var name = deployment.Resource.Name;
            var result = session.ResultOf(deployment.Resource);
            lines.Add(new SummaryLine("", name, Changes(result.Plan)));
            lines.Add(new SummaryLine(name, "url", Address(result)));
            lines.Add(new SummaryLine(name, "invoke", await ExampleInvocation.CurlAsync(result.Endpoint.Url, step.CancellationToken).ConfigureAwait(false)));
        }

        lines.AddRange(settings.Deployments.Select(deployment => deployment.Settings.Namespace).Distinct()
            .Select(@namespace => new SummaryLine("", "see", $"{Kubectl(cluster)} --namespace {@namespace} get deployments,pods,services")));
        lines.Add(new SummaryLine("", "remove", AppHostCommand.ToDestroy(configuration)));

        foreach (var line in lines)
        {
            step.Summary.Add($"{line.Of} {line.Key}".TrimStart(), line.Value);
        }

        // Aspire shows its summary only through its own CLI; otherwise the log has to.
        if (!PlainConsole.HasCli(configuration))
        {
            var width = lines.Max(line => line.Indented.Length);
            LogSummary(step.Logger, string.Concat(lines.Select(line => $"\n  {line.Indented.PadRight(width)}  {line.Value}")));
        }
    }

    /// <summary>For example <c>4 created, 1 unchanged</c>.</summary>
    internal static string Changes(DeploymentPlan plan)
    {
        (ChangeKind Kind, string Word)[] words =
        [
            (ChangeKind.Create, "created"), (ChangeKind.Update, "updated"), (ChangeKind.Delete, "deleted"), (ChangeKind.Unchanged, "unchanged"),
        ];
        return plan.HasChanges
            ? string.Join(", ", words.Select(word => (Count: plan.Changes.Count(change => change.Kind == word.Kind), word.Word))
                .Where(count => count.Count > 0).Select(count => $"{count.Count} {count.Word}"))
            : "nothing changed";
    }

    private static string Address(DeploymentResult result) =>
        result.Endpoint.Hint is { } hint ? $"{result.Endpoint.Url} ({hint})" : result.Endpoint.Url.ToString();

    private static string Kubectl(TargetCluster cluster) => (cluster.Connection.KubeconfigPath, cluster.Connection.Context) switch
    {
        (null, null) => "kubectl",
        (null, var context) => $"kubectl --context {context}",
        (var path, null) => $"kubectl --kubeconfig {path}",
        var (path, context) => cluster.Provided is null ? $"kubectl --kubeconfig {path} --context {context}" : $"kubectl --kubeconfig {path}",
    };

    [LoggerMessage(LogLevel.Information, "Deployed{Lines}")]
    private static partial void LogSummary(ILogger logger, string lines);

    /// <summary>A fact about a deployment, or about all of them.</summary>
    private sealed record SummaryLine(string Of, string Key, string Value)
    {
        public string Indented => Of.Length == 0 ? Key : $"  {Key}";
    }
}
