using System.Net;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>
/// Finds out before anything is done whether the cluster is there, knows the user, lets it do what is needed, and has what
/// the deployments take for granted. All checks at once; all that they find is one message.
/// </summary>
internal sealed class PreflightCheck(ClusterObjects cluster)
{
    private static readonly IPreflightCheck[] Checks =
    [
        new VersionCheck(),
        new NamespaceCheck(),
        new ServedKindsCheck(),
        new MetricsCheck(),
        new IngressClassCheck(),
        new TlsSecretCheck(),
        new GatewayCheck(),
        new PodIdentityCheck(),
        new PodReferencesCheck(),
        new PodClassesCheck(),
        new NodePortCheck(),
        new PodSecurityCheck(),
    ];

    public async Task<PreflightReport> CheckAsync(IReadOnlyList<DeploymentSettings> settings, CancellationToken cancellationToken)
    {
        var deployments = PlannedDeployment.Of(settings);
        var facts = new ClusterFacts(cluster, cancellationToken);
        // First, and alone: it tells whether the cluster is there, and knows the user.
        var permissions = await new PermissionsCheck(cluster).CheckAsync(deployments, facts, cancellationToken).ConfigureAwait(false);
        var others = await Task.WhenAll(deployments.SelectMany(deployment => Checks.Select(check => RunAsync(check, deployment, facts)))).ConfigureAwait(false);
        var found = permissions.Concat(others.SelectMany(item => item)).Distinct().ToLookup(item => item.Severity);
        if (found[FindingSeverity.Error].ToList() is { Count: > 0 } errors)
        {
            throw Failure(errors);
        }

        return new PreflightReport(
            [.. cluster.Client.Warnings, .. found[FindingSeverity.Warning].Select(item => $"{item.Problem}\n  → {item.Fix}")],
            [.. found[FindingSeverity.Note].Select(item => item.Problem)]);
    }

    // What may not be looked at need not be wrong.
    private static async Task<IEnumerable<Finding>> RunAsync(IPreflightCheck check, PlannedDeployment deployment, ClusterFacts facts)
    {
        try
        {
            return [.. await check.CheckAsync(deployment, facts).ConfigureAwait(false)];
        }
        catch (ApiFailure failure) when (failure.Code is HttpStatusCode.Forbidden)
        {
            return [Finding.Note($"{failure.Subject} may not be looked at by this user, so it was not checked")];
        }
    }

    private static DeploymentException Failure(List<Finding> errors)
    {
        if (errors is [var only])
        {
            return new DeploymentException(only.Code, "preflight", only.Problem, only.Fix) { Reason = ReasonOf(errors) };
        }

        var lines = errors.Select(item => $"\n  {item.Code}: {item.Problem.ReplaceLineEndings("\n  ")}\n    → {item.Fix}");
        return new DeploymentException(
            "K8SD230", "preflight", $"{errors.Count} things are wrong with the cluster or the rights in it:{string.Concat(lines)}", "nothing was built or applied; mend this, and try again")
        {
            Reason = ReasonOf(errors),
        };
    }

    private static string? ReasonOf(List<Finding> errors) => errors.Any(item => item.Code == PermissionsCheck.Code) ? "FORBIDDEN" : null;
}
