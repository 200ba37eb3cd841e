using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Rbac;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>The user may do all that these deployments need; what is missing is said at once, with the Role that gives it.</summary>
internal sealed class PermissionsCheck(ClusterObjects cluster)
{
    public const string Code = "K8SD213";

    private readonly AccessReviews _reviews = new(cluster);

    public async Task<IEnumerable<Finding>> CheckAsync(IReadOnlyList<PlannedDeployment> deployments, ClusterFacts facts, CancellationToken cancellationToken)
    {
        // Most users of a development cluster may do anything; one question is enough for them.
        if (await _reviews.IsAllowedAsync(Permission.Everything, null, cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        var needed = deployments.SelectMany(deployment => RequiredPermissions.Of(deployment.Settings, deployment.Manifest)).Distinct().ToList();
        var answers = await Task.WhenAll(needed.Select(item => _reviews.IsAllowedAsync(item.Permission, item.Namespace, cancellationToken))).ConfigureAwait(false);
        var missing = needed.Zip(answers).Where(item => !item.Second).Select(item => item.First).ToList();
        if (await LackNamespaceAsync(deployments, missing, facts, cancellationToken).ConfigureAwait(false))
        {
            missing.Add(RequiredPermissions.ToCreateNamespace);
        }

        var hard = missing.Where(item => item.Without is null).ToList();
        IEnumerable<Finding> error = hard.Count == 0 ? [] : [Missing(deployments, hard)];
        return error.Concat(missing.Where(item => item.Without is not null).GroupBy(item => (item.Without, item.Namespace)).Select(Soft));
    }

    private async Task<bool> LackNamespaceAsync(
        IReadOnlyList<PlannedDeployment> deployments, List<RequiredPermission> missing, ClusterFacts facts, CancellationToken cancellationToken)
    {
        var readable = deployments.Select(item => item.Namespace).Distinct()
            .Where(name => !missing.Any(item => item.Permission is { Resource: "namespaces" } && item.Namespace == name));
        var live = await Task.WhenAll(readable.Select(name => facts.GetAsync(ObjectKind.Namespace, null, name))).ConfigureAwait(false);
        return live.Any(item => item is null)
            && !await _reviews.IsAllowedAsync(RequiredPermissions.ToCreateNamespace.Permission, null, cancellationToken).ConfigureAwait(false);
    }

    private Finding Missing(IReadOnlyList<PlannedDeployment> deployments, List<RequiredPermission> missing)
    {
        var namespaces = deployments.Select(item => item.Namespace).Distinct().Order(StringComparer.Ordinal);
        var lines = missing.GroupBy(item => (item.Namespace, Target(item.Permission))).Select(group =>
            $"\n  - {group.Key.Item2}: {string.Join(", ", group.Select(item => item.Permission.Verb).OrderBy(RoleRules.Rank))}");
        var roles = RbacManifest.Render("aspire-k8s-deployer", missing, RbacSubject.ReplaceMe).Objects
            .Where(item => item.Id.Kind is "Role" or "ClusterRole")
            .Select(item => item.ToYaml());
        var yaml = string.Join("---\n", roles).TrimEnd('\n').ReplaceLineEndings("\n    ");
        return Finding.Error(
            Code,
            $"This user may not do all that a deploy to namespace {string.Join(", ", namespaces)} of {cluster.Server} needs. Missing:{string.Concat(lines)}\n  What grants it:\n    {yaml}",
            "have that bound to the user, or use another context with .WithKubeContext(\"…\")");
    }

    private static Finding Soft(IGrouping<(string? Without, string? Namespace), RequiredPermission> missing) => Finding.Warning(
        $"this user may not {string.Join(", ", missing.Select(item => $"{item.Permission.Verb} {Target(item.Permission)}"))}{(missing.Key.Namespace is { } name ? $" in namespace {name}" : "")}: {missing.Key.Without}",
        "have the right granted");

    private static string Target(Permission permission) => permission.Name is { } name ? $"{permission.Target} '{name}'" : permission.Target;
}
