namespace AspireK8sDeployer.Engine.Settings;

/// <summary>Rules of environment variables. Values are never quoted: any of them may be secret.</summary>
internal static class EnvironmentRules
{
    // Each of them would move the port away from the one that Service and probes know.
    private static readonly string[] PortVariables =
    [
        "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "ASPNETCORE_URLS", "DOTNET_URLS", "HTTP_PORTS", "HTTPS_PORTS", "URLS",
    ];

    public static void Check(DeploymentSettings settings, SettingsErrors errors)
    {
        foreach (var name in settings.Environment.Keys.Concat(settings.SecretEnvironment.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            CheckName(name, errors);
        }

        foreach (var name in settings.Environment.Keys.Where(settings.SecretEnvironment.ContainsKey).Order(StringComparer.Ordinal))
        {
            errors.Unless(false, "Environment", $"'{name}' is set twice, once as a secret", $"call .WithEnvironment(\"{name}\", …) once");
        }

        foreach (var (name, value) in settings.Environment.Concat(settings.SecretEnvironment).OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            errors.Unless(!value.Contains('\0', StringComparison.Ordinal), "Environment", $"the value of '{name}' contains a NUL character", $".WithEnvironment(\"{name}\", …) without it");
        }
    }

    /// <summary>Whether the deployer sets the variable itself.</summary>
    public static bool IsOurs(string name) =>
        PortVariables.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("PipelineDeployment__", StringComparison.OrdinalIgnoreCase);

    private static void CheckName(string name, SettingsErrors errors)
    {
        errors.Unless(
            SyntaxRules.IsEnvironmentName(name), "Environment", $"'{name}' is not the name of a variable (letters, digits, '_', '-' and '.', no digit first)",
            ".WithEnvironment(\"MY_SETTING\", value)");
        errors.Unless(
            !PortVariables.Contains(name, StringComparer.OrdinalIgnoreCase), "Environment", $"'{name}' is set by the deployer, from the Service's port",
            ".WithService(s => s.Port = 8000)");
        errors.Unless(
            !name.StartsWith("PipelineDeployment__", StringComparison.OrdinalIgnoreCase), "Environment", $"'{name}' is set by the deployer",
            "leave it out");
    }
}
