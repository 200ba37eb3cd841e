using AspireK8sDeployer.Engine.Render;

namespace AspireK8sDeployer.Engine.Settings;

/// <summary>
/// Which objects the deployer makes itself, as <c>Kind.group/name</c>: known of settings that cannot be rendered too, so that
/// a name that is taken is told with all other mistakes.
/// </summary>
internal static class OwnObjects
{
    /// <summary>Whether an object is one of them, or has a name by which they may come.</summary>
    public static bool Has(DeploymentSettings settings, string id) =>
        Of(settings).Contains(id) || Reserved(settings.Name).Any(prefix => id.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Those whose name is known beforehand.</summary>
    public static IEnumerable<string> Of(DeploymentSettings settings)
    {
        var (name, replicas) = (settings.Name, Replicas.Of(settings.Resources));
        (bool IsMade, string Id)[] all =
        [
            (true, $"Deployment.apps/{name}"),
            (true, $"Service/{name}"),
            (settings.Ingress is not null, $"Ingress.networking.k8s.io/{name}"),
            (settings.Gateway is not null, $"HTTPRoute.gateway.networking.k8s.io/{name}"),
            (replicas.Autoscaled && settings.Autoscaling.Autoscaler == AutoscalerKind.Hpa, $"HorizontalPodAutoscaler.autoscaling/{name}"),
            (replicas.Autoscaled && settings.Autoscaling.Autoscaler == AutoscalerKind.Keda, $"ScaledObject.keda.sh/{name}"),
            (settings.PodDisruptionBudget ?? replicas.Minimum >= 2, $"PodDisruptionBudget.policy/{name}"),
            (settings.NetworkPolicy, $"NetworkPolicy.networking.k8s.io/{name}"),
            (settings.ServiceAccount.Create, $"ServiceAccount/{ServiceAccountObject.NameOf(settings)}"),
            ((settings.ServiceAccount.Role ?? settings.ServiceAccount.ClusterRole) is not null, $"RoleBinding.rbac.authorization.k8s.io/{name}"),
            (settings.AuthKey is not null, $"Secret/{AuthKey.SecretName(name)}"),
        ];
        return all.Where(item => item.IsMade).Select(item => item.Id);
    }

    // Those that are named by their content, inventory, releases and lock.
    private static string[] Reserved(string name) => ["Secret/aspire-k8s.", "Lease/aspire-k8s.", $"Secret/{name}-env-", $"Secret/{name}-pull-", $"ConfigMap/{name}-files-"];
}
