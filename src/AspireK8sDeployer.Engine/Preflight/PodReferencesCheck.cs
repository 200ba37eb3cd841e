using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Plan;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>What the pods take variables and files from is there.</summary>
internal sealed class PodReferencesCheck : IPreflightCheck
{
    public async Task<IEnumerable<Finding>> CheckAsync(PlannedDeployment deployment, ClusterFacts facts)
    {
        var found = await Task.WhenAll(PodReference.Of(deployment.Pod)
            .Where(reference => !deployment.Makes(reference.Kind.Kind, reference.Name))
            .Select(reference => CheckAsync(deployment, reference, facts))).ConfigureAwait(false);
        return found.OfType<Finding>();
    }

    private static async Task<Finding?> CheckAsync(PlannedDeployment deployment, PodReference reference, ClusterFacts facts)
    {
        var live = await facts.GetAsync(reference.Kind, deployment.Namespace, reference.Name).ConfigureAwait(false);
        var id = reference.Kind.Id(deployment.Namespace, reference.Name);
        if (live is null)
        {
            return Finding.Error("K8SD236", $"{deployment.Name}: {id} is not there, and {reference.For} comes from it", "create it, or make the reference optional in .WithPodSettings(…)");
        }

        return reference.Key is not { } key || Has(live, key)
            ? null
            : Finding.Error("K8SD237", $"{deployment.Name}: {id} has no key '{key}', and {reference.For} comes from it", "add the key, or correct the reference in .WithPodSettings(…)");
    }

    private static bool Has(JsonObject live, string key) =>
        (live["data"] as JsonObject)?.ContainsKey(key) == true || (live["binaryData"] as JsonObject)?.ContainsKey(key) == true;
}
