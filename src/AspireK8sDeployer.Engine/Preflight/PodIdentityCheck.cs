using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>The account of the pods is there, with the role that it is to have, and the Secrets that pull the image.</summary>
internal sealed class PodIdentityCheck : IPreflightCheck
{
    public async Task<IEnumerable<Finding>> CheckAsync(PlannedDeployment deployment, ClusterFacts facts)
    {
        var found = await Task.WhenAll(AccountAsync(deployment, facts), RoleAsync(deployment, facts), PullSecretsAsync(deployment, facts)).ConfigureAwait(false);
        return found.SelectMany(item => item);
    }

    // Without it the controller can create no pod.
    private static async Task<IEnumerable<Finding>> AccountAsync(PlannedDeployment deployment, ClusterFacts facts) =>
        deployment.Pod.Text("serviceAccountName") is not { } name || await IsThereAsync(ObjectKind.ServiceAccount, name, deployment, facts).ConfigureAwait(false)
            ? []
            :
            [
                Finding.Error(
                    "K8SD235", $"{deployment.Name}: ServiceAccount/{deployment.Namespace}/{name} is not there, and no pod starts without",
                    ".WithServiceAccount(s => s.Create = true), or the name of one that is there"),
            ];

    private static async Task<IEnumerable<Finding>> RoleAsync(PlannedDeployment deployment, ClusterFacts facts)
    {
        (ObjectKind Kind, string Name)? role = deployment.Settings.ServiceAccount switch
        {
            { Role: { } name } => (ReferredKinds.Role, name),
            { ClusterRole: { } name } => (ReferredKinds.ClusterRole, name),
            _ => null,
        };
        return role is not { } bound || await IsThereAsync(bound.Kind, bound.Name, deployment, facts).ConfigureAwait(false)
            ? []
            : [Finding.Warning($"{deployment.Name}: {bound.Kind.Id(deployment.Namespace, bound.Name)} is not there; until it is, its binding gives no rights", "create it, or name another one with .WithServiceAccount(…)")];
    }

    // A node pulls without what is not there, which a public image allows.
    private static async Task<IEnumerable<Finding>> PullSecretsAsync(PlannedDeployment deployment, ClusterFacts facts)
    {
        List<Finding> found = [];
        foreach (var name in deployment.Pod.Objects("imagePullSecrets").Select(item => item.Text("name")).OfType<string>())
        {
            if (!await IsThereAsync(ObjectKind.Secret, name, deployment, facts).ConfigureAwait(false))
            {
                found.Add(Finding.Warning(
                    $"{deployment.Name}: Secret/{deployment.Namespace}/{name} is not there; the image is pulled without it",
                    $"'kubectl create secret docker-registry {name} -n {deployment.Namespace} …', or leave it out of .WithImagePull(…)"));
            }
        }

        return found;
    }

    private static async Task<bool> IsThereAsync(ObjectKind kind, string name, PlannedDeployment deployment, ClusterFacts facts) =>
        deployment.Makes(kind.Kind, name) || await facts.GetAsync(kind, deployment.Namespace, name).ConfigureAwait(false) is not null;
}
