using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Render;

/// <summary>The names of the objects that the pods refer to; null for those that there are none of.</summary>
internal sealed record PodLinks
{
    public string? EnvironmentSecret { get; init; }

    public string? PullSecret { get; init; }

    /// <summary>The ConfigMap with the files.</summary>
    public string? ConfigFiles { get; init; }

    /// <summary>The Secret with the bearer keys of callers.</summary>
    public string? AuthKeys { get; init; }

    /// <summary>Names as they could be, where only the rest of the pod matters.</summary>
    public static PodLinks Example(DeploymentSettings settings) => new()
    {
        EnvironmentSecret = $"{settings.Name}-env",
        PullSecret = settings.PullCredentials is null ? null : $"{settings.Name}-pull",
        ConfigFiles = settings.Pod.ConfigFiles.Count == 0 ? null : $"{settings.Name}-files",
        AuthKeys = settings.AuthKey is null ? null : $"{settings.Name}-auth",
    };
}
