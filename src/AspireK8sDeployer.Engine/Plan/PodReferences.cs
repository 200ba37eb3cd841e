using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>The Secrets and ConfigMaps that a pod takes anything from. Pure.</summary>
internal static class PodReferences
{
    public static IEnumerable<(string Kind, string Name)> In(JsonObject pod) =>
    [
        .. pod.Objects("imagePullSecrets").Select(item => item.Text("name")).OfType<string>().Select(name => (ObjectKind.Secret.Kind, name)),
        .. PodReference.All(pod).Where(reference => reference.Kind == ObjectKind.Secret || reference.Kind == ObjectKind.ConfigMap)
            .Select(reference => (reference.Kind.Kind, reference.Name)).Distinct(),
    ];
}
