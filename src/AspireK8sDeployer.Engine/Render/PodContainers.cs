using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;
using k8s.Models;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>
/// What runs before the pipeline and beside it. A sidecar is an init container that is not waited for: begun before the
/// pipeline and ended after it.
/// </summary>
internal static class PodContainers
{
    public static void AddTo(JsonObject spec, PodSettings pod)
    {
        // What prepares a sidecar's files ends before it begins; the other order is a matter of its own restartPolicy.
        JsonNode[] containers = [.. pod.InitContainers.Select(Render), .. pod.Sidecars.Select(Sidecar)];
        if (containers.Length > 0)
        {
            spec["initContainers"] = new JsonArray(containers);
        }
    }

    /// <summary>
    /// Whether something runs beside the pipeline. An autoscaler then looks at the pipeline's container alone: of the whole pod it
    /// knows no percentage as soon as one container requests nothing, and would never scale.
    /// </summary>
    public static bool RunBeside(PodSettings pod) => pod.Sidecars.Count > 0 || pod.InitContainers.Any(container => container.RestartPolicy == "Always");

    private static JsonObject Render(V1Container container)
    {
        var body = ModelJson.Of(container);
        body["securityContext"] = SecurityContexts.OfContainer(container.SecurityContext);
        return body;
    }

    private static JsonObject Sidecar(V1Container container)
    {
        var body = Render(container);
        body["restartPolicy"] = "Always";
        return body;
    }
}
