using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>
/// The ConfigMap with the files that the settings hold: immutable, and named after its content, so that a changed file is a
/// new object, rolls the pods, and leaves older ReplicaSets able to start.
/// </summary>
internal static class ConfigFilesObject
{
    public static RenderedObject? Render(DeploymentSettings settings, ObjectMetadata metadata)
    {
        var files = settings.Pod.ConfigFiles;
        if (files.Count == 0)
        {
            return null;
        }

        var keys = ConfigFileKeys.Of(files.Keys);
        var data = files.Select(file => KeyValuePair.Create(keys[file.Key], file.Value)).OrderBy(item => item.Key, StringComparer.Ordinal).ToList();
        // Nothing secret is in it, so the hash has no salt.
        var (id, body) = metadata.Begin("v1", "ConfigMap", $"{settings.Name}-files-{ContentHash.Of([], data.SelectMany(item => new[] { item.Key, item.Value }))}");
        body["immutable"] = true;
        body["data"] = ObjectMetadata.ToJson(data);
        return new RenderedObject(id, body);
    }
}
