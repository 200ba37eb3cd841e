using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>The cluster has the kinds of all objects: those of KEDA and the Gateway API have to be installed.</summary>
internal sealed class ServedKindsCheck : IPreflightCheck
{
    public async Task<IEnumerable<Finding>> CheckAsync(PlannedDeployment deployment, ClusterFacts facts)
    {
        var defined = deployment.ObjectsOf("CustomResourceDefinition").Select(item => (string?)item["spec"]?["group"]).ToHashSet();
        List<Finding> found = [];
        foreach (var id in deployment.Objects.Select(item => item.Id).DistinctBy(id => (id.ApiVersion, id.Kind)))
        {
            if (id.ApiVersion.Split('/') is [var group, var version] && !defined.Contains(group) && !await facts.ServesAsync(group, version).ConfigureAwait(false))
            {
                var missing = MissingKind.Of(new ObjectKind(group, version, id.Kind, ""), facts.Server, null);
                found.Add(Finding.Error(missing.Code, $"{deployment.Name}: {missing.Problem}", missing.Fix));
            }
        }

        return found;
    }
}
