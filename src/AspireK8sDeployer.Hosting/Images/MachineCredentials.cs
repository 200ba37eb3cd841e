using System.Text;
using System.Text.Json;

namespace AspireK8sDeployer.Hosting.Images;

/// <summary>The logins that <c>docker login</c> or <c>podman login</c> left on this machine; the SDK pushes with the same ones.</summary>
internal static class MachineCredentials
{
    private static readonly TimeSpan HelperPatience = TimeSpan.FromSeconds(30);

    /// <summary>The credentials for a registry, or null when the machine has none.</summary>
    public static Task<ImageCredentials?> ForAsync(string registry, CancellationToken cancellationToken) => ForAsync(registry, Files(), cancellationToken);

    internal static async Task<ImageCredentials?> ForAsync(string registry, IEnumerable<string> files, CancellationToken cancellationToken)
    {
        foreach (var file in files.Where(File.Exists))
        {
            if (await ReadAsync(file, registry, cancellationToken).ConfigureAwait(false) is { } credentials)
            {
                return credentials;
            }
        }

        return null;
    }

    private static IEnumerable<string> Files()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        yield return Path.Combine(Environment.GetEnvironmentVariable("DOCKER_CONFIG") ?? Path.Combine(home, ".docker"), "config.json");
        if (Environment.GetEnvironmentVariable("REGISTRY_AUTH_FILE") is { Length: > 0 } file)
        {
            yield return file;
        }
    }

    private static async Task<ImageCredentials?> ReadAsync(string file, string registry, CancellationToken cancellationToken)
    {
        try
        {
            using var config = JsonDocument.Parse(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false));
            var keys = KeysOf(registry);
            return HelperOf(config.RootElement, keys) is { } helper
                ? await CredentialHelper.AskAsync($"docker-credential-{helper}", ["get"], keys[0], HelperPatience, cancellationToken).ConfigureAwait(false)
                : Stored(config.RootElement, keys);
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    // Docker keeps the login of its own hub under the hub's oldest address; the others it keeps under their name.
    private static string[] KeysOf(string registry) =>
        registry == "docker.io" ? ["https://index.docker.io/v1/", registry] : [registry, $"https://{registry}", $"http://{registry}"];

    private static string? HelperOf(JsonElement config, string[] keys)
    {
        if (config.TryGetProperty("credHelpers", out var helpers))
        {
            foreach (var key in keys)
            {
                if (helpers.TryGetProperty(key, out var own))
                {
                    return own.GetString();
                }
            }
        }

        return config.TryGetProperty("credsStore", out var store) ? store.GetString() : null;
    }

    private static ImageCredentials? Stored(JsonElement config, string[] keys)
    {
        if (!config.TryGetProperty("auths", out var logins))
        {
            return null;
        }

        foreach (var key in keys)
        {
            if (logins.TryGetProperty(key, out var login) && login.TryGetProperty("auth", out var auth) && auth.GetString() is { Length: > 0 } encoded)
            {
                var parts = Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).Split(':', 2);
                return parts.Length == 2 ? new ImageCredentials(parts[0], parts[1]) : null;
            }
        }

        return null;
    }
}
