using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;

namespace AspireK8sDeployer.Engine.Preflight;

/// <summary>Somebody serves the Ingress: the class that it names, or a default one.</summary>
internal sealed class IngressClassCheck : IPreflightCheck
{
    private const string Default = "ingressclass.kubernetes.io/is-default-class";

    // The way before classes were objects; its controllers know what it means.
    private const string Annotation = "kubernetes.io/ingress.class";

    public async Task<IEnumerable<Finding>> CheckAsync(PlannedDeployment deployment, ClusterFacts facts)
    {
        if (deployment.Settings.Ingress is not { } ingress || (ingress.ClassName is null && ingress.Annotations.ContainsKey(Annotation)))
        {
            return [];
        }

        var classes = await facts.ListAsync(ReferredKinds.IngressClass, null).ConfigureAwait(false);
        var names = classes.Select(item => item["metadata"]!.AsObject().Text("name")!).ToList();
        if (ingress.ClassName is not { } wanted)
        {
            return classes.Any(IsDefault)
                ? []
                :
                [
                    Finding.Warning(
                        $"{deployment.Name}: the Ingress names no class, and none of the cluster's is the default ({Known(names)})",
                        $".WithIngress(i => i.ClassName = \"{names.FirstOrDefault() ?? "nginx"}\")"),
                ];
        }

        var nearest = NearestName.Order(wanted, names).ToList();
        return names.Contains(wanted) || deployment.Makes("IngressClass", wanted)
            ? []
            :
            [
                Finding.Error(
                    "K8SD233", $"{deployment.Name}: IngressClass/{wanted} is not there ({Known(nearest)})",
                    nearest.Count == 0 ? "install an ingress controller, which brings its class" : $".WithIngress(i => i.ClassName = \"{nearest[0]}\"), or install its controller"),
            ];
    }

    private static bool IsDefault(JsonObject ingressClass) => (ingressClass["metadata"]?["annotations"] as JsonObject)?.Text(Default) == "true";

    private static string Known(List<string> names) => names.Count == 0 ? "there is none" : $"there is {string.Join(", ", names.Select(name => $"'{name}'"))}";
}
