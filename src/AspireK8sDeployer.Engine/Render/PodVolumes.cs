using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The volumes of the pod, the user's and our own, and where the pipeline's container mounts them.</summary>
internal static class PodVolumes
{
    /// <summary>The volume of the files that the settings hold.</summary>
    public const string ConfigFiles = "config-files";

    /// <summary>The volume of the bearer keys of callers.</summary>
    public const string AuthKeys = "auth-keys";

    public static bool IsOurs(string? name) => name is ConfigFiles or AuthKeys;

    public static void AddTo(JsonObject spec, JsonObject container, PodSettings pod, PodLinks links)
    {
        var volumes = ModelJson.OfList(pod.Volumes);
        var mounts = ModelJson.OfList(pod.VolumeMounts);
        if (links.ConfigFiles is { } files)
        {
            volumes.Add(new JsonObject { ["name"] = ConfigFiles, ["configMap"] = new JsonObject { ["name"] = files } });
            // One by one, so that what the image has beside them stays.
            Array.ForEach([.. Files(pod)], mounts.Add);
        }

        if (links.AuthKeys is { } keys)
        {
            // The whole folder: a file mounted by itself would stay as it was when the pod began.
            volumes.Add(new JsonObject { ["name"] = AuthKeys, ["secret"] = new JsonObject { ["secretName"] = keys } });
            mounts.Add(new JsonObject { ["name"] = AuthKeys, ["mountPath"] = AuthSecret.MountPath, ["readOnly"] = true });
        }

        Append(spec, "volumes", volumes);
        Append(container, "volumeMounts", mounts);
    }

    private static IEnumerable<JsonNode> Files(PodSettings pod) => ConfigFileKeys.Of(pod.ConfigFiles.Keys)
        .OrderBy(file => file.Key, StringComparer.Ordinal)
        .Select(file => new JsonObject { ["name"] = ConfigFiles, ["mountPath"] = file.Key, ["subPath"] = file.Value, ["readOnly"] = true });

    private static void Append(JsonObject target, string field, JsonArray items)
    {
        if (items.Count > 0)
        {
            target[field] = items;
        }
    }
}
