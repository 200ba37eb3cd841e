using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>
/// The Secret with the bearer keys of callers. Unlike the others it keeps its name and can be changed, and the pods read it
/// as a file: so keys are exchanged without a restart.
/// </summary>
internal static class AuthSecret
{
    public const string MountPath = "/var/run/secrets/aspire-k8s.dev/auth";
    public const string FilePath = MountPath + "/" + AuthKey.SecretKey;

    public static RenderedObject? Render(DeploymentSettings settings, ObjectMetadata metadata, ISecretForm form)
    {
        if (settings.AuthKey is not { } key)
        {
            return null;
        }

        var (id, body) = metadata.Begin("v1", "Secret", AuthKey.SecretName(settings.Name));
        // One that is generated has no value before the cluster was looked at.
        foreach (var (field, value) in form.Mutable("Opaque", new Dictionary<string, string> { [AuthKey.SecretKey] = key.Value ?? "" }))
        {
            body[field] = value?.DeepClone();
        }

        return new RenderedObject(id, body);
    }
}
