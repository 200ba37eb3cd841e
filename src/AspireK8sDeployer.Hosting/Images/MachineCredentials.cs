using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace AspireK8sDeployer.Hosting.Images;

/// <summary>The logins that <c>docker login</c> or <c>podman login</c> left on this machine; the SDK pushes with the same ones.</summary>
internal static class MachineCredentials
{
    /// <summary>The credentials for a registry, or null when the machine has none.</summary>
    public static ImageCredentials? For(string registry) =>
        Files().Where(File.Exists).Select(file => Read(file, registry)).FirstOrDefault(credentials => credentials is not null);

    private static IEnumerable<string> Files()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        yield return Path.Combine(Environment.GetEnvironmentVariable("DOCKER_CONFIG") ?? Path.Combine(home, ".docker"), "config.json");
        if (Environment.GetEnvironmentVariable("REGISTRY_AUTH_FILE") is { Length: > 0 } file)
        {
            yield return file;
        }
    }

    private static ImageCredentials? Read(string file, string registry)
    {
        try
        {
            using var config = JsonDocument.Parse(File.ReadAllText(file));
            return HelperOf(config.RootElement, registry) is { } helper ? Ask(helper, registry) : Stored(config.RootElement, registry);
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? HelperOf(JsonElement config, string registry) =>
        config.TryGetProperty("credHelpers", out var helpers) && helpers.TryGetProperty(registry, out var own) ? own.GetString()
        : config.TryGetProperty("credsStore", out var store) ? store.GetString()
        : null;

    private static ImageCredentials? Stored(JsonElement config, string registry)
    {
        if (!config.TryGetProperty("auths", out var logins))
        {
            return null;
        }

        string[] keys = registry == "docker.io" ? ["https://index.docker.io/v1/", registry] : [registry, $"https://{registry}", $"http://{registry}"];
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

    // docker-credential-<helper> get: the registry on stdin, {"Username":…,"Secret":…} on stdout.
    private static ImageCredentials? Ask(string helper, string registry)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo($"docker-credential-{helper}", "get")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.StandardInput.Write(registry);
            process.StandardInput.Close();
            var answer = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                return null;
            }

            using var body = JsonDocument.Parse(answer);
            return new ImageCredentials(body.RootElement.GetProperty("Username").GetString()!, body.RootElement.GetProperty("Secret").GetString()!);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
