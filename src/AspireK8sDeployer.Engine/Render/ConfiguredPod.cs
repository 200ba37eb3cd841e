using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The pod as the user's own code leaves it.</summary>
internal static class ConfiguredPod
{
    public static JsonObject Of(JsonObject spec, Action<V1PodSpec>? configure)
    {
        if (configure is null)
        {
            return spec;
        }

        var model = KubernetesJson.Deserialize<V1PodSpec>(spec.ToJsonString());
        configure(model);
        return ModelJson.Of(model);
    }
}
