using AspireK8sDeployer.Engine;
using AspireK8sDeployer.Engine.Endpoint;
using AspireK8sDeployer.Engine.Plan;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Hosting.Steps;

/// <summary>What a deploy of one pipeline comes to: what changed, where it answers, and how one calls it.</summary>
internal static class DeploymentReport
{
    private const string PortForward = "port-forward";

    // Below it, only root may listen.
    private const int FirstFreePort = 1024;
    private const int AboveSystemPorts = 8000;

    /// <summary>
    /// Where a call from this machine goes: the endpoint; when that cannot be reached the Service itself, if its address can
    /// be, else the near end of a port-forward.
    /// </summary>
    public static PipelineEndpoint CalledAt(DeploymentResult result, DeploymentSettings settings, bool addressesAreReachable) => result.Endpoint switch
    {
        { Verified: true } or { CertificateProblem: not null } => result.Endpoint,
        { ServiceUrl: { } service } when addressesAreReachable => new PipelineEndpoint(service, "cluster", Verified: false),
        _ when addressesAreReachable => result.Endpoint,
        _ => new PipelineEndpoint(new UriBuilder("http", "localhost", LocalPort(settings.Service.Port)).Uri, PortForward, Verified: false),
    };

    /// <summary>The report: its first line goes on where the deployment is named.</summary>
    public static string ToText(DeploymentResult result, DeploymentSettings settings, PipelineEndpoint calledAt, string kubectl, string invocation)
    {
        var way = calledAt.Source == PortForward
            ? $"{kubectl} --namespace {settings.Namespace} port-forward service/{settings.Name} {LocalPort(settings.Service.Port)}:{settings.Service.Port}"
            : $"{calledAt.Url}";
        var reach = calledAt.Url == result.Endpoint.Url ? "" : $"\n  reach   {way}";
        return $"""
            {Changes(result.Plan)}
              url     {result.Endpoint.Url}{reach}
              invoke  {invocation}
            """;
    }

    /// <summary>The warnings that are still to be told: a plan that changes something was printed, and its own with it.</summary>
    public static IEnumerable<string> Unsaid(DeploymentResult result) => result.Plan.HasChanges ? result.Warnings.Except(result.Plan.Warnings) : result.Warnings;

    /// <summary>For example <c>4 created, 1 unchanged</c>.</summary>
    public static string Changes(DeploymentPlan plan)
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

    private static int LocalPort(int port) => port < FirstFreePort ? AboveSystemPorts + port : port;
}
