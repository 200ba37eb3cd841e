using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The ServiceAccount of the pods, when it is to be created.</summary>
internal static class ServiceAccountObject
{
    public static RenderedObject? Render(DeploymentSettings settings, ObjectMetadata metadata)
    {
        if (!settings.ServiceAccount.Create)
        {
            return null;
        }

        var (id, body) = metadata.Begin("v1", "ServiceAccount", NameOf(settings)!, settings.ServiceAccount.Annotations);
        // A pod that wants the token says so itself; no other that names this account gets one by accident.
        body["automountServiceAccountToken"] = false;
        return new RenderedObject(id, body);
    }

    /// <summary>The account's name; null for the namespace's default one.</summary>
    public static string? NameOf(DeploymentSettings settings) => settings.ServiceAccount switch
    {
        { Name: { } name } => name,
        { Create: true } => settings.Name,
        _ => null,
    };
}
