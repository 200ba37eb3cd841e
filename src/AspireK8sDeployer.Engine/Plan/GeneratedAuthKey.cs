using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AspireK8sDeployer.Engine.Cluster;
using AspireK8sDeployer.Engine.Settings;

namespace AspireK8sDeployer.Engine.Plan;

/// <summary>
/// Gives a generated key its value: the one in the cluster, or a new one where there is none. Of two deploys at once one
/// has the lock; the other plans again once it has it, and finds the key that the first one made.
/// </summary>
internal static class GeneratedAuthKey
{
    private const int Bytes = 32;

    public static DeploymentSettings Resolve(DeploymentSettings settings, LiveObjects live) => settings.AuthKey is { Value: null }
        ? settings with { AuthKey = AuthKey.Of(KeysIn(SecretOf(settings, live)) ?? New()) }
        : settings;

    /// <summary>What the Secret holds; null when it is nothing that somebody could show.</summary>
    public static string? KeysIn(JsonObject? secret)
    {
        try
        {
            return (string?)secret?["data"]?[AuthKey.SecretKey] is { } text && Encoding.UTF8.GetString(Convert.FromBase64String(text)) is var keys && !string.IsNullOrWhiteSpace(keys)
                ? keys
                : null;
        }
        catch (Exception failure) when (failure is FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonObject? SecretOf(DeploymentSettings settings, LiveObjects live) =>
        live.Objects.GetValueOrDefault(ObjectKind.Secret.Id(settings.Namespace, AuthKey.SecretName(settings.Name)));

    // 43 characters that need no quoting anywhere.
    private static string New() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
