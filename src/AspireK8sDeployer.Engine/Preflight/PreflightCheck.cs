using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>Finds out before anything is done whether the cluster is there, knows the user, and lets it do what is needed.</summary>
internal sealed class PreflightCheck(ClusterObjects cluster)
{
    private readonly AccessReviews _reviews = new(cluster);

    public async Task CheckAsync(string @namespace, CancellationToken cancellationToken)
    {
        // Most users of a development cluster may do anything; one question is enough for them.
        if (await _reviews.IsAllowedAsync(Permission.Everything, null, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        List<(Permission Permission, string? Namespace)> asked =
        [
            .. NeededPermissions.InNamespace.Select(permission => (permission, (string?)@namespace)),
            (NeededPermissions.GetNamespace, @namespace),
        ];
        var answers = await Task.WhenAll(asked.Select(item => _reviews.IsAllowedAsync(item.Permission, item.Namespace, cancellationToken))).ConfigureAwait(false);
        var missing = asked.Zip(answers).Where(item => !item.Second).Select(item => item.First.Permission).ToList();
        if (!missing.Contains(NeededPermissions.GetNamespace) && await LacksNamespaceAsync(@namespace, cancellationToken).ConfigureAwait(false))
        {
            missing.Add(NeededPermissions.CreateNamespace);
        }

        if (missing.Count > 0)
        {
            throw Missing(@namespace, missing);
        }
    }

    private async Task<bool> LacksNamespaceAsync(string @namespace, CancellationToken cancellationToken) =>
        await cluster.GetAsync(ObjectKind.Namespace.Id(null, @namespace), cancellationToken).ConfigureAwait(false) is null
        && !await _reviews.IsAllowedAsync(NeededPermissions.CreateNamespace, null, cancellationToken).ConfigureAwait(false);

    private DeploymentException Missing(string @namespace, List<Permission> missing)
    {
        var lines = missing.GroupBy(permission => permission.Target).Select(group => $"\n  - {group.Key}: {string.Join(", ", group.Select(permission => permission.Verb))}");
        return new DeploymentException(
            "K8SD213", "preflight", $"This user may not do all that a deploy to namespace {@namespace} of {cluster.Server} needs. Missing:{string.Concat(lines)}",
            "have a Role with these rules bound to the user, or use another context with .WithKubeContext(\"…\")")
        {
            Reason = "FORBIDDEN",
        };
    }
}
