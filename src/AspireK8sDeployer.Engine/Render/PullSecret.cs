using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The Secret with which nodes pull the image.</summary>
internal static class PullSecret
{
    public static string BaseName(DeploymentSettings settings) => $"{settings.Name}-pull";

    public static RenderedObject? Render(DeploymentSettings settings, ObjectMetadata metadata, ISecretForm form)
    {
        if (settings.PullCredentials is not { } credentials)
        {
            return null;
        }

        var values = new Dictionary<string, string> { [".dockerconfigjson"] = DockerConfig(credentials) };
        return SecretObject.Render(metadata, form, BaseName(settings), "kubernetes.io/dockerconfigjson", values);
    }

    private static string DockerConfig(RegistryCredentials credentials)
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.User}:{credentials.Password}"));
        var entry = new JsonObject { ["username"] = credentials.User, ["password"] = credentials.Password, ["auth"] = auth };
        return new JsonObject { ["auths"] = new JsonObject { [credentials.Host] = entry } }.ToJsonString(JsonSerializerOptions.Default);
    }
}
