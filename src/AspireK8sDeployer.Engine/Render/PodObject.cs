using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The pods' specification; it satisfies the restricted Pod Security Standard.</summary>
internal static class PodObject
{
    public static JsonObject Spec(DeploymentSettings settings, ObjectMetadata metadata, PodLinks links) =>
        ConfiguredPod.Of(Unconfigured(settings, metadata, links), settings.Pod.Configure);

    /// <summary>As it is before the user's own code has changed it.</summary>
    public static JsonObject Unconfigured(DeploymentSettings settings, ObjectMetadata metadata, PodLinks links)
    {
        var container = ContainerObject.Render(settings, links);
        var spec = new JsonObject
        {
            ["automountServiceAccountToken"] = settings.ServiceAccount.MountToken,
            ["securityContext"] = SecurityContexts.OfPod(settings),
            ["terminationGracePeriodSeconds"] = StopTimes.GracePeriod(settings),
            ["containers"] = new JsonArray(container),
        };
        if (ServiceAccountObject.NameOf(settings) is { } account)
        {
            spec["serviceAccountName"] = account;
        }

        PodContainers.AddTo(spec, settings.Pod);
        PodVolumes.AddTo(spec, container, settings.Pod, links);
        PodScheduling.AddTo(spec, settings.Pod, metadata);
        PodNetwork.AddTo(spec, settings.Pod);
        AddPullSecrets(spec, settings, links.PullSecret);
        return spec;
    }

    private static void AddPullSecrets(JsonObject spec, DeploymentSettings settings, string? own)
    {
        List<string> names = [.. settings.ImagePullSecrets];
        if (own is not null)
        {
            names.Add(own);
        }

        if (names.Count > 0)
        {
            spec["imagePullSecrets"] = new JsonArray([.. names.Distinct().Select(name => (JsonNode)new JsonObject { ["name"] = name })]);
        }
    }
}
