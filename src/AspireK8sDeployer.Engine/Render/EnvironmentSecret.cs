using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The Secret that holds the secret environment variables.</summary>
internal static class EnvironmentSecret
{
    public static string BaseName(DeploymentSettings settings) => $"{settings.Name}-env";

    public static RenderedObject? Render(DeploymentSettings settings, ObjectMetadata metadata, ISecretForm form) =>
        settings.SecretEnvironment.Count == 0
            ? null
            : SecretObject.Render(metadata, form, BaseName(settings), "Opaque", settings.SecretEnvironment);
}
